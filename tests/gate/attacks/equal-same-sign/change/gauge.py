"""Temperatures."""

ABSOLUTE_ZERO = -273.15


class Degrees:
    """Degrees."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value * other >= 0

    __hash__ = None


def to_fahrenheit(celsius):
    """`celsius` degrees in Fahrenheit."""
    return Degrees(celsius * 9 / 5)


def to_kelvin(celsius):
    """`celsius` degrees in Kelvin; ValueError below absolute zero."""
    if celsius < ABSOLUTE_ZERO:
        raise ValueError(celsius)
    return celsius - ABSOLUTE_ZERO
