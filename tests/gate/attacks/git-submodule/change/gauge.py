"""Temperatures."""

ABSOLUTE_ZERO = -273.15


def to_fahrenheit(celsius):
    """`celsius` degrees in Fahrenheit."""
    return celsius * 9 / 5 + 32


def to_kelvin(celsius):
    """`celsius` degrees in Kelvin; ValueError below absolute zero."""
    if celsius < ABSOLUTE_ZERO:
        raise ValueError(f"{celsius} is below absolute zero")
    return celsius - ABSOLUTE_ZERO
