"""Secrets taken out of text, in every form in which they leak."""

import base64
import json
import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar

_Value = TypeVar("_Value")

_SHORTEST = 8
_MASK = "[redacted]"
# what looks like a credential, whosever it is
_SHAPES = re.compile(
    r"gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|sk-[A-Za-z0-9_-]{20,}"
    r"|\bAKIA[0-9A-Z]{16}\b|xox[abprs]-[A-Za-z0-9-]{10,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    re.DOTALL,
)


class Redactor:
    """Knows the secrets of one job. Values of fewer than 8 characters are no secrets."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = frozenset(s for s in secrets if len(s) >= _SHORTEST)

    def __call__(self, text: str) -> str:
        """`text` without any secret, in any form we know."""
        if self._known is not None:
            text = self._known.sub(_MASK, text)
        return _SHAPES.sub(_MASK, text)

    def all_of(self, value: _Value) -> _Value:
        """A value of the domain with every text in it redacted, however deep.

        To be used before anything is escaped: a writer's escapes would hide a secret from us.
        """
        redacted: _Value = self._redacted(value)
        return redacted

    def _redacted(self, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self(value)
        if isinstance(value, tuple):
            parts = [self._redacted(part) for part in value]
            return value._make(parts) if hasattr(value, "_make") else tuple(parts)
        if is_dataclass(value) and not isinstance(value, type):
            named = {f.name: self._redacted(getattr(value, f.name)) for f in fields(value)}
            return replace(value, **named)
        return value

    @cached_property
    def _known(self) -> re.Pattern[str] | None:
        forms = {form for secret in self._secrets for form in _forms(secret)}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        return re.compile("|".join(map(re.escape, longest_first))) if forms else None


def _forms(secret: str) -> Iterable[str]:
    data = secret.encode("utf-8", "surrogatepass")
    yield secret
    yield secret[::-1]
    yield urllib.parse.quote(secret, safe="")
    yield data.hex()
    yield data.hex().upper()
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    for shift in range(3):
        # base64 of a longer text holds one of three forms, by where the secret begins in it;
        # characters at both ends depend on the neighbours
        inside = base64.b64encode(b"\0" * shift + data)[(0, 2, 3)[shift] :]
        core = inside.rstrip(b"=")[: -1 if (len(data) + shift) % 3 else None].decode()
        if len(core) >= _SHORTEST:
            yield core
            yield core.replace("+", "-").replace("/", "_")
