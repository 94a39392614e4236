"""One byte form per value: canonical JSON and the digests that are made from it.

The form follows RFC 8785 for what we use: keys sorted, no white space, UTF-8, no floats that
JSON cannot hold. Dataclasses are written as objects, enums by value.
"""

import json
from collections.abc import Collection
from enum import Enum

from hexci.domain.finding import Finding, Report
from hexci.domain.json_values import Json as Json  # noqa: PLC0414 - most take it from here


def plain(value: object) -> "Json":
    """`value` as JSON types. Raises TypeError for what has no JSON form."""
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return value
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case Finding() | Report():
            return {name: plain(part) for name, part in value._asdict().items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=str)
        case _ if hasattr(value, "__dataclass_fields__"):
            import dataclasses  # noqa: PLC0415 - 7 ms, and most have none

            if dataclasses.is_dataclass(value) and not isinstance(value, type):
                return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    msg = f"{type(value).__name__} has no JSON form"
    raise TypeError(msg)


def canonical(value: object) -> bytes:
    """The one byte form of `value`, without a line end."""
    text = json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8", "surrogatepass")


def digest(data: bytes) -> str:
    """`sha256:` and 64 hex digits."""
    import hashlib  # noqa: PLC0415 - OpenSSL: 2 ms, and a report has no digest

    return "sha256:" + hashlib.sha256(data).hexdigest()


def digest_of(value: object, *, leave_out: Collection[str] = ()) -> str:
    """The digest of a value's canonical form, without the top-level keys in `leave_out`."""
    body = plain(value)
    if isinstance(body, dict):
        body = {key: item for key, item in body.items() if key not in leave_out}
    return digest(canonical(body))
