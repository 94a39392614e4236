"""What a judgement of the gate has: its terms, its bench, and what was found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.gate.conventions import conventions_of
from hexci.domain.gate.endless import ASKED_AGAIN, LONGER, PATIENCE, presumed_endless
from hexci.domain.gate.naming import files_of
from hexci.domain.gate.protected import Sorting, sort_change
from hexci.domain.gate.surface import Conventions, Role, role_of
from hexci.domain.plan import Mode, PathRules
from hexci.ports.clock import Clock
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner
from hexci.ports.witness import Witness


@dataclass(frozen=True, slots=True)
class Terms:
    """What is judged by: all of it from argv or the base commit, never from the change.

    `require_account` refuses evidence whose runner reports no test. `exact` refuses to drop
    by-products (caches) from the change: the tree is judged as it stands.
    """

    evidence: EvidenceSpec
    mode: Mode = Mode.FIX
    paths: PathRules = field(default_factory=PathRules)
    require_account: bool = True
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """The ports the gate works with; without a `witness` one probe cannot run."""

    objects: Objects
    rooms: Rooms
    runner: EvidenceRunner
    clock: Clock
    progress: Progress
    witness: Witness | None = None


class RedRuns:
    """Runs without the change, each tree's paid for once: best-of-N shares it.

    Where the change is to be a fix, a test that seems endless is ended early (domain/gate/endless).
    """

    def __init__(self, terms: Terms, *, rooms: Rooms, runner: EvidenceRunner) -> None:
        patience = PATIENCE if terms.mode is Mode.FIX else 0.0
        self._evidence = replace(terms.evidence, patience=patience)
        self._rooms = rooms
        self._runner = runner
        self._known: dict[str, EvidenceRun] = {}

    def of(self, tree: str) -> EvidenceRun:
        """The run of the evidence on `tree`, executed now or remembered."""
        if tree not in self._known:
            self._known[tree] = self._run(tree, self._evidence.patience)
            if ended := presumed_endless(self._known[tree]):
                self._confirm(tree, sorted(ended)[:ASKED_AGAIN])
        return self._known[tree]

    def again(self, tree: str, patience: float) -> EvidenceRun:
        """The run on `tree` once more, with other patience for each test."""
        self._known[tree] = self._run(tree, patience)
        return self._known[tree]

    def _confirm(self, tree: str, asked: Sequence[str]) -> None:
        """Runs all without a limit for a test where one that seemed endless was only slow."""
        sure = self._run(tree, self._evidence.patience * LONGER, asked)
        if not presumed_endless(sure).issuperset(asked):
            self.again(tree, 0.0)

    def _run(self, tree: str, patience: float, only: Sequence[str] = ()) -> EvidenceRun:
        with self._rooms.clone(tree) as room:
            return self._runner.run(replace(self._evidence, patience=patience), room, only=only)

    def known(self, tree: str) -> EvidenceRun | None:
        """The run on `tree` if it was executed already."""
        return self._known.get(tree)


@dataclass(slots=True)
class Hearing:
    """One judgement under way: what the steps have found so far."""

    change: Change
    terms: Terms
    bench: Bench
    reds: RedRuns
    conventions: Conventions
    sorting: Sorting
    tree: str
    red_tree: str
    red: EvidenceRun | None = None
    green: EvidenceRun | None = None
    again: EvidenceRun | None = None
    fail_to_pass: tuple[str, ...] = ()

    def evidence_files(self) -> frozenset[str]:
        """The test files that the change turned green; every test file when no id names one."""
        listing = self.bench.objects.files(self.tree)
        return files_of(self.fail_to_pass, listing) or self.test_files()

    def test_files(self) -> frozenset[str]:
        """Every test file of the tree that would land."""
        listing = self.bench.objects.files(self.tree)
        return frozenset(p for p in listing if role_of(p, self.conventions) is Role.TEST)


def open_hearing(change: Change, terms: Terms, bench: Bench, reds: RedRuns) -> Hearing:
    """A judgement before its first step: the change sorted by what base and argv say."""
    base = bench.objects.files(change.base_tree)
    conventions = conventions_of(
        terms.evidence.command,
        base,
        lambda path: bench.objects.read(change.base_tree, path),
        terms.paths.protect,
    )
    sorting = sort_change(change, terms.mode, conventions, base)
    put_back = [*sorting.restored, *sorting.byproducts]
    tree = (
        bench.objects.restore(change.tree, change.base_tree, put_back)
        if put_back
        else (change.tree)
    )
    red_tree = change.base_tree
    if terms.mode is Mode.FEATURE and sorting.tests:
        red_tree = bench.objects.restore(change.base_tree, change.tree, sorting.tests)
    return Hearing(change, terms, bench, reds, conventions, sorting, tree, red_tree)
