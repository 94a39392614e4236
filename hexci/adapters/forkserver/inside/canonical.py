"""A text for any value, the same for values that a caller could not tell apart."""

from __future__ import annotations

import itertools
import types

_DEEPEST = 12
_MOST_ITEMS = 400


def canonical(value: object, depth: int = 0, above: tuple = ()) -> str:
    """The text. Floats count to nine digits; sets and dicts in one order; objects by fields."""
    if value is None or isinstance(value, (bool, int, str, bytes, type)):
        return repr(value)
    if isinstance(value, float):
        return f"{value:.9g}"
    if depth > _DEEPEST or id(value) in above:
        return "..."
    above = (*above, id(value))

    def inner(item: object) -> str:
        return canonical(item, depth + 1, above)

    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}[{','.join(inner(i) for i in value[:_MOST_ITEMS])}]"
    if isinstance(value, dict):
        pairs = [f"{inner(k)}:{inner(v)}" for k, v in itertools.islice(value.items(), _MOST_ITEMS)]
        return f"{type(value).__name__}{{{','.join(sorted(pairs))}}}"
    if isinstance(value, (set, frozenset)):
        return f"set{{{','.join(sorted(inner(i) for i in value))}}}"
    if isinstance(value, types.ModuleType):
        return f"module {value.__name__}"
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
        return f"function {value.__name__}"
    return _of_object(value, inner)


def _of_object(value: object, inner) -> str:
    try:
        return _by_fields(value, inner)
    except Exception:  # noqa: BLE001 - the program's own __repr__ may do anything
        return type(value).__name__


def _by_fields(value: object, inner) -> str:
    name = type(value).__name__
    fields = getattr(value, "__dict__", None)
    if fields:
        return f"{name}({','.join(f'{k}={inner(v)}' for k, v in sorted(fields.items()))})"
    slots = [s for c in type(value).__mro__ for s in getattr(c, "__slots__", ())]
    if slots:
        return f"{name}({','.join(f'{s}={inner(getattr(value, s, None))}' for s in slots)})"
    if type(value).__repr__ is object.__repr__:
        return name
    return f"{name}:{value!r}"


def consumed(value: object) -> object:
    """An iterator's first items as a list; anything else as it is."""
    if isinstance(value, types.GeneratorType) or (
        hasattr(value, "__next__") and hasattr(value, "__iter__") and not hasattr(value, "read")
    ):
        return list(itertools.islice(value, _MOST_ITEMS))
    return value
