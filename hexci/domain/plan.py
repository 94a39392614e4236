"""What a run will do, decided before anything untrusted is read: the product of PLAN."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from hexci.domain.canonical import digest_of
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.globs import matches

_Number = TypeVar("_Number", int, float)


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
    """What a run may use; None: no limit.

    Seconds of wall clock, turns of each model; dollars, tokens, calls and calls of tools of all
    models together; files and lines of the change.
    """

    timeout: float = 1800.0
    max_steps: int = 24
    max_usd: float | None = None
    max_tokens: int | None = None
    max_calls: int | None = None
    max_tool_calls: int | None = None
    max_files: int | None = None
    max_lines: int | None = None


@dataclass(frozen=True, slots=True)
class AskedLimits:
    """Limits as one place states them (argv, config); None: not stated there."""

    timeout: float | None = None
    max_steps: int | None = None
    max_usd: float | None = None
    max_tokens: int | None = None
    max_calls: int | None = None
    max_tool_calls: int | None = None
    max_files: int | None = None
    max_lines: int | None = None

    def with_ceiling(self, ceiling: "AskedLimits") -> Limits:
        """The smaller of each where both state one, the default where neither does."""
        default = Limits()
        return Limits(
            timeout=_smaller(self.timeout, ceiling.timeout) or default.timeout,
            max_steps=_smaller(self.max_steps, ceiling.max_steps) or default.max_steps,
            max_usd=_smaller(self.max_usd, ceiling.max_usd),
            max_tokens=_smaller(self.max_tokens, ceiling.max_tokens),
            max_calls=_smaller(self.max_calls, ceiling.max_calls),
            max_tool_calls=_smaller(self.max_tool_calls, ceiling.max_tool_calls),
            max_files=_smaller(self.max_files, ceiling.max_files),
            max_lines=_smaller(self.max_lines, ceiling.max_lines),
        )


def _smaller(one: _Number | None, other: _Number | None) -> _Number | None:
    """The smaller of what is stated; None where neither is."""
    return min((value for value in (one, other) if value is not None), default=None)


@dataclass(frozen=True, slots=True)
class PathRules:
    """Which paths a change may touch.

    `allow_edit` holds one group of globs for each place that narrows (config, argv): a path must
    match one glob of *every* group, so allows intersect. `protect` globs add up, and deny wins.
    """

    allow_edit: tuple[tuple[str, ...], ...] = ()
    protect: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether the allow lists let `path` be touched (protection is asked apart)."""
        return all(matches(path, group) for group in self.allow_edit if group)

    def protects(self, path: str) -> bool:
        """Whether `path` is protected by name."""
        return matches(path, self.protect)

    def names(self, path: str) -> bool:
        """Whether some allow list names `path`, so that it was meant, not merely let through."""
        return any(matches(path, group) for group in self.allow_edit)

    def narrowed(self, other: "PathRules") -> "PathRules":
        """Both together: allows intersect, denies unite."""
        return PathRules(
            (*self.allow_edit, *other.allow_edit),
            tuple(dict.fromkeys((*self.protect, *other.protect))),
        )


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
