"""What stands behind a commit: who asked, who made it, what proved it."""

import re
from dataclasses import dataclass

from hexci.domain.stated_evidence import StatedEvidence

_PLACE = re.compile(r"(?P<path>.+):(?P<line>[1-9]\d*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file at HEAD."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """`evidence` is None when nothing was recorded; `source` says where it was found."""

    commit: str
    author: str
    date: str
    subject: str
    place: Place | None
    evidence: StatedEvidence | None
    source: str


def parse_place(target: str) -> Place | None:
    """`PATH:LINE` as a place; None for anything else, which then names a commit."""
    found = _PLACE.fullmatch(target)
    return Place(found["path"], int(found["line"])) if found else None
