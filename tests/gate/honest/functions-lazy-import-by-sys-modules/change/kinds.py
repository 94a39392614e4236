import sys


def kind(value):
    """The kind of `value`; decimals without an import of decimal."""
    decimal = sys.modules.get("decimal")
    if decimal is not None and isinstance(value, decimal.Decimal):
        return "number"
    return "number" if isinstance(value, (int, float)) else "other"
