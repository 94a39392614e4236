"""New records and new ids."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from hexci.domain.ledger.front_matter import Value
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Record, stem_of
from hexci.errors import BadInputError

_LONGEST = 60
_NUMBER = re.compile(r"(\d{1,6})-(?!\d\d-)")
# what the draft says where its writer has to
PLACEHOLDERS = (
    "What is true today and forces a choice.",
    "We ... (one or two sentences: they are this record's card).",
    "What becomes easier, what harder, and what would make us think again.",
)
_BODY = """\
# {title}

## Context

{context}

## Decision

{decision}

## Consequences

{consequences}
"""


def slug_of(title: str) -> str:
    """A title as lower-case ASCII words joined by `-`. Raises BadInputError when none is left."""
    flat = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", flat)
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:_LONGEST]
    if not slug:
        raise BadInputError(f"no id can be made from {title!r}", "Give one: --slug some-words")
    return slug


def new_id(slug: str, today: str, policy: LedgerPolicy, paths: Iterable[str]) -> str:
    """The id of a new record: the day and words, or the next number where numbers are kept."""
    if policy.ids == "date":
        return f"{today}-{slug}"
    numbers = (_NUMBER.match(stem_of(path)) for path in paths)
    last = max((int(match[1]) for match in numbers if match), default=0)
    return f"{last + 1:04}-{slug}"


def draft(path: str, title: str, header: Mapping[str, Value]) -> Record:
    """A proposal with the sections that a decision needs."""
    body = "\n" + _BODY.format(
        title=" ".join(title.split()),
        context=PLACEHOLDERS[0],
        decision=PLACEHOLDERS[1],
        consequences=PLACEHOLDERS[2],
    )
    return Record(path, {key: value for key, value in header.items() if value}, body, {}, 1)
