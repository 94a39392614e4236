"""A defect that somebody claims, and how a lens ended. A claim is data until it is proven."""

from dataclasses import dataclass, field
from enum import StrEnum

from hexci.domain.canonical import Json
from hexci.domain.finding import Finding, Severity
from hexci.domain.review.mutants import Mutant


class LensStatus(StrEnum):
    """How a hunt ended. Only the first two are an answer."""

    OK = "ok"
    EMPTY = "empty"
    INVALID = "invalid"
    TIMEOUT = "timeout"

    @property
    def answered(self) -> bool:
        """Whether the lens looked and said what it saw, be it nothing."""
        return self in {LensStatus.OK, LensStatus.EMPTY}


@dataclass(frozen=True, slots=True)
class Claim:
    """A defect at `path:line` (from 1), and the test that is said to fail because of it.

    `failure` is the exception type that the reproducer is to end with, at the claimed place
    unless it is an AssertionError. `reproducer` is the text of a test file. `passes_on` is a tree
    on which it must pass (empty: none). With a `mutant` the claim is that every test passes on
    that, too; the reproducer then is a test that passes on the code and fails on the mutant.
    """

    lens: str
    title: str
    path: str
    line: int
    failure: str
    reproducer: str
    why: str = ""
    severity: Severity = Severity.ERROR
    by: str = ""
    passes_on: str = ""
    mutant: Mutant | None = None


@dataclass(frozen=True, slots=True)
class LensReport:
    """What one lens brought home. `told` says why it could not answer, where it could not.

    `findings` are those of our own checkers, which need no proof: no model can bring any.
    """

    lens: str
    by: str
    status: LensStatus
    claims: tuple[Claim, ...] = ()
    told: str = ""
    usage: tuple[tuple[str, Json], ...] = field(default=())
    findings: tuple[Finding, ...] = ()


class Standing(StrEnum):
    """What became of a claim."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim and what its reproducer showed. `place` is where it really failed, `path:line`."""

    claim: Claim
    standing: Standing
    reason: str
    kind: str = ""
    place: str = ""
    output: str = ""
