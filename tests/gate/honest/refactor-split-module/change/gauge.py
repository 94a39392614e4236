"""Temperatures."""

from kelvin import ABSOLUTE_ZERO, to_kelvin

__all__ = ["ABSOLUTE_ZERO", "to_fahrenheit", "to_kelvin"]


def to_fahrenheit(celsius):
    """`celsius` degrees in Fahrenheit."""
    return celsius * 9 / 5 + 32
