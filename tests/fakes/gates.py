"""A gate on fakes and real git: the evidence is a Python function of what is in the room."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fakes.repositories import commit, git, repo_with

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.quarters import quarters_for
from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec, TestResult, TestStatus
from hexci.domain.plan import Mode, PathRules
from hexci.domain.verdict import Verdict
from hexci.ports.rooms import Room
from hexci.usecases.gate_change import gate_change
from hexci.usecases.gate_steps import Trial
from hexci.usecases.hearing import Bench, RedRuns, Terms

Statuses = Mapping[str, TestStatus]


def run_of(statuses: Statuses | None, exit_code: int | None = None) -> EvidenceRun:
    """A run with these results; the exit code follows from them unless it is given."""
    account = None
    if statuses is not None:
        account = Account("fake", tuple(TestResult(k, v) for k, v in statuses.items()))
        if exit_code is None:
            exit_code = 1 if account.failed else 0
    return EvidenceRun(exit_code, "", 0.1, "none", account)


@dataclass
class FakeRunner:
    """Asks `evidence(room)`; remembers what was run."""

    evidence: Callable[[Room], EvidenceRun]
    runs: list[tuple[str, ...]] = field(default_factory=list)

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        self.runs.append(tuple(only))
        return self.evidence(room)

    def can_select(self, evidence: EvidenceSpec) -> bool:
        return False


@dataclass
class SilentProgress:
    """Remembers stages."""

    stages: list[str] = field(default_factory=list)

    def stage(self, name: str, detail: str = "") -> None:
        self.stages.append(f"{name} {detail}".strip())

    def note(self, text: str) -> None:
        pass

    def tick(self, text: str) -> None:
        pass


class StillClock:
    """No time passes."""

    def now(self) -> str:
        return "2026-01-02T03:04:05Z"

    def monotonic(self) -> float:
        return 0.0


@dataclass
class FakeGate:
    """A repository, its base tree, and a bench on it."""

    repo: Path
    base_tree: str
    bench: Bench
    runner: FakeRunner
    command: str = "pytest -q"

    def judge(
        self,
        files: Mapping[str, str | bytes | None],
        *,
        mode: Mode = Mode.FIX,
        paths: PathRules | None = None,
        command: str = "",
        exact: bool = False,
        trials: Sequence[Trial] | None = None,
        reds: RedRuns | None = None,
    ) -> Verdict:
        commit(self.repo, files)
        head = git(self.repo, "rev-parse", "HEAD^{tree}")
        terms = Terms(
            EvidenceSpec(command or self.command), mode, paths or PathRules(), exact=exact
        )
        change = self.bench.objects.change(self.base_tree, head)
        return gate_change(change, terms=terms, bench=self.bench, reds=reds, trials=trials)


@contextmanager
def fake_gate(
    folder: Path, files: Mapping[str, str | bytes], evidence: Callable[[Room], EvidenceRun]
) -> Iterator[FakeGate]:
    """A gate over a real repository of `files` whose evidence is a function."""
    repo = repo_with(folder, files)
    runner = FakeRunner(evidence)
    with quarters_for(Checkout.at(repo)) as quarters:
        rooms = quarters.rooms(git(repo, "rev-parse", "HEAD"))
        bench = Bench(quarters.vault, rooms, runner, StillClock(), SilentProgress())
        yield FakeGate(repo, git(repo, "rev-parse", "HEAD^{tree}"), bench, runner)
