"""The types that inputs and outputs have."""

from hexci.domain.canonical import Json


def fits(given: str, wanted: str) -> bool:
    """Whether every value of the type `given` is also of the type `wanted`."""
    return given == wanted or (given, wanted) == ("integer", "number")


def name_of_type(value: Json) -> str:
    """The narrowest type of a value; empty for null."""
    names = ("string", "boolean", "integer", "number", "list", "object")
    return next((name for name in names if has_type(value, name)), "")


def has_type(value: Json, name: str) -> bool:
    """Whether `value` is of the type `name`."""
    match name:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "list":
            return isinstance(value, list)
    return isinstance(value, dict)
