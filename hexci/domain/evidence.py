"""What an evidence command said: its exit code and, where the runner can tell, test by test."""

from dataclasses import dataclass, field
from enum import StrEnum


class TestStatus(StrEnum):
    """How one test ended."""

    __test__ = False  # not a test class, whatever its name says to pytest

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test's result. `id` is what the runner accepts to select it again, where it can.

    `kind` is the type of the exception that ended it, without its module; `place` the innermost
    frame of it in the repository, as `path:line`. Both are empty where the runner cannot tell.
    """

    __test__ = False

    id: str
    status: TestStatus
    message: str = ""
    seconds: float = 0.0
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The runner's own, independent report. `runner` names the adapter that read it."""

    runner: str
    tests: tuple[TestResult, ...]

    def ids(self, *statuses: TestStatus) -> frozenset[str]:
        """Ids of the tests with one of `statuses`; of all tests when none is given."""
        return frozenset(t.id for t in self.tests if not statuses or t.status in statuses)

    @property
    def failed(self) -> frozenset[str]:
        """Ids that failed or could not be set up."""
        return self.ids(TestStatus.FAILED, TestStatus.ERROR)

    @property
    def passed(self) -> frozenset[str]:
        """Ids that passed."""
        return self.ids(TestStatus.PASSED)

    @property
    def executed(self) -> frozenset[str]:
        """Ids whose code really ran: everything but skips."""
        return frozenset(t.id for t in self.tests if t.status is not TestStatus.SKIPPED)


@dataclass(frozen=True, slots=True)
class EvidenceSpec:
    """The command that decides. It is a shell line, run by `bash -eo pipefail`.

    `timeout` is in seconds of wall clock. `report` is a glob, relative to the repository, of
    JUnit XML files that the command writes by itself (empty: the runner is asked for one).
    `patience` is in seconds of processor time, for one test; a runner of Python ends a test
    that takes longer as failed, and goes on with the next (0: it may take as long as it wants).
    """

    command: str
    timeout: float = 600.0
    report: str = ""
    patience: float = 0.0


@dataclass(frozen=True, slots=True)
class EvidenceRun:
    """One execution of an evidence command.

    `exit_code` is None when the time limit ended it. `output` is bounded: head, tail and failing
    lines are kept. `account` is None when the runner is unknown or left no report. `isolation`
    is the level really reached (`bwrap`, `none`, …). `seconds` is wall clock.
    """

    exit_code: int | None
    output: str
    seconds: float
    isolation: str
    account: Account | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def timed_out(self) -> bool:
        """Whether the time limit ended it."""
        return self.exit_code is None

    @property
    def green(self) -> bool:
        """Whether the exit code, and the account where there is one, say success."""
        return self.exit_code == 0 and not (self.account and self.account.failed)
