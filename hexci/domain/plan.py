"""What a run will do, decided before anything untrusted is read: the product of PLAN."""

from dataclasses import dataclass, field
from enum import StrEnum

from hexci.domain.canonical import digest_of
from hexci.domain.evidence import EvidenceSpec


class Mode(StrEnum):
    """What the evidence must show: red → green, new tests → green, or green → green."""

    FIX = "fix"
    FEATURE = "feature"
    REFACTOR = "refactor"


class Trust(StrEnum):
    """How far the asking party is trusted (design: trust)."""

    TRUSTED = "trusted"
    MEMBER = "member"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use: seconds of wall clock, model turns, US dollars (None: no limit)."""

    timeout: float = 1800.0
    max_steps: int = 24
    max_usd: float | None = None


@dataclass(frozen=True, slots=True)
class PathRules:
    """Globs that widen (`allow_edit`) or narrow (`protect`) what a change may touch.

    An empty `allow_edit` allows every path that is not protected. A path named in `allow_edit`
    exactly is still refused when it is protected: deny wins.
    """

    allow_edit: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What asked for the run: a delivery, or argv. `at` is UTC, ISO 8601 with a Z."""

    id: str
    kind: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything WORK, GATE and EMIT need; complete, so each can run alone on another machine."""

    event: Event
    trust: Trust
    task: str
    mode: Mode
    base_commit: str
    base_tree: str
    evidence: EvidenceSpec
    files: tuple[str, ...]
    candidates: tuple[str, ...]
    limits: Limits
    paths: PathRules
    dry_run: bool = False
    attempt: int = 1
    seed: int = 0
    config_digest: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def digest(self) -> str:
        """`sha256:…` over the canonical JSON of the plan without its event and attempt."""
        return digest_of(self, leave_out=("event", "attempt"))
