"""The types that inputs and outputs have."""

from hexci.domain.canonical import Json


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
