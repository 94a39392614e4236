import sys


def kind(value):
    """The kind of `value`; decimals without an import of decimal."""
    return "number" if isinstance(value, (int, float)) else "other"
