"""Temperatures above absolute zero."""

ABSOLUTE_ZERO = -273.15


def to_kelvin(celsius):
    """`celsius` degrees in Kelvin; ValueError below absolute zero."""
    if celsius < ABSOLUTE_ZERO:
        raise ValueError(f"{celsius} is below absolute zero")
    return celsius - ABSOLUTE_ZERO
