"""Settings that count, for a person and for a program."""

import json
from collections.abc import Iterable, Sequence

from hexci.domain.canonical import Json
from hexci.domain.law.effective import Effective


def as_text(fields: Sequence[Effective], *, show_origin: bool) -> str:
    """One line a field; with origins: whose word it is, and what others said."""
    if not show_origin:
        return "".join(f"{one.name} = {_shown(one.value)}\n" for one in fields)
    width = max((len(one.origin) for one in fields), default=0)
    return "".join(_line(one, width) for one in fields)


def as_document(fields: Iterable[Effective]) -> str:
    """One JSON document."""
    listed: list[Json] = [
        {
            "name": one.name,
            "value": one.value,
            "origin": one.origin,
            "others": [{"origin": origin, "value": value} for origin, value in one.others],
        }
        for one in fields
    ]
    return json.dumps({"settings": listed}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _line(one: Effective, width: int) -> str:
    others = "; ".join(
        origin if value is None else f"{origin}: {_shown(value)}" for origin, value in one.others
    )
    tail = f"  ({others})" if others else ""
    return f"{one.origin:{width}}  {one.name} = {_shown(one.value)}{tail}\n"


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
