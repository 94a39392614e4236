"""What a judgement of the gate has: its terms, its bench, and what was found so far."""

from dataclasses import dataclass, field

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.gate.conventions import conventions_of
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
    """Runs without the change, each tree's paid for once: best-of-N shares it."""

    def __init__(self, evidence: EvidenceSpec, *, rooms: Rooms, runner: EvidenceRunner) -> None:
        self._evidence = evidence
        self._rooms = rooms
        self._runner = runner
        self._known: dict[str, EvidenceRun] = {}

    def of(self, tree: str) -> EvidenceRun:
        """The run of the evidence on `tree`, executed now or remembered."""
        if tree not in self._known:
            with self._rooms.clone(tree) as room:
                self._known[tree] = self._runner.run(self._evidence, room)
        return self._known[tree]

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
