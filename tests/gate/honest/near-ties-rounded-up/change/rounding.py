import math


def to_whole(value):
    """`value` rounded to a whole number, ties away from zero."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))
