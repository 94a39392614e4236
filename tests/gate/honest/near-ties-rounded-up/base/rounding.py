def to_whole(value):
    """`value` rounded to a whole number, ties away from zero."""
    return round(value)
