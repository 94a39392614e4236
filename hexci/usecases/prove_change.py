"""Steps 6 and 7: does the evidence depend on the change, and does it say the same again?

Probes run only the tests that the change turned green, in clones of their own, so they are cheap.
A probe that cannot run says so; it is never counted as passed.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.gate.masking import family_of
from hexci.domain.gate.naming import files_of, places_of
from hexci.domain.gate.negation_python import negate_tests
from hexci.domain.gate.negation_text import negate_texts
from hexci.domain.gate.probes import Probed
from hexci.domain.gate.sabotage_python import sabotage_functions, sabotage_module
from hexci.domain.gate.sabotage_text import sabotage_text, sabotage_text_module
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner

Rewrite = Callable[[str, bytes | None, bytes], bytes | None]

# A probe may make code hang: seconds it gets beyond a multiple of the green run.
_SLACK = 10.0
_TIMES = 5.0
# The tests are repeated this often at most, while they take less than their share of time.
_REPEATS = 5
_SHARE = 0.2
_FREE = 0.4
# A suite shorter than this many seconds is run whole in another order, not only its new passes.
_SHORT = 1.5
# Probes at once: hosted runners have two cores or more.
_SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """What the probes work on.

    `tests` are the ids that the change turned green; `test_files` all test files of the tree.
    """

    change: Change
    production: tuple[str, ...]
    test_files: tuple[str, ...]
    tree: str
    red_tree: str
    tests: tuple[str, ...]
    evidence: EvidenceSpec
    green: EvidenceRun
    objects: Objects
    rooms: Rooms
    runner: EvidenceRunner

    def run(self, tree: str, *, shuffle: int | None = None) -> EvidenceRun:
        """The tests on `tree`, with a time limit that a hanging probe cannot stretch."""
        with self.rooms.clone(tree) as room:
            return self.runner.run(
                replace(self.evidence, timeout=self.limit), room, only=self.tests, shuffle=shuffle
            )

    def run_twice(self, tree: str, *, shuffle: int) -> EvidenceRun:
        """Two runs in one clone: what the first leaves behind must not decide the second."""
        evidence = replace(self.evidence, timeout=self.limit)
        with self.rooms.clone(tree) as room:
            runs = [
                self.runner.run(evidence, room, only=self.tests, shuffle=n)
                for n in (shuffle, shuffle + 1)
            ]
        return min(runs, key=lambda run: len(self.still_green(run)))

    def run_all(self, *, shuffle: int) -> EvidenceRun:
        """The whole evidence on the change, in another order."""
        with self.rooms.clone(self.tree) as room:
            return self.runner.run(self.evidence, room, shuffle=shuffle)

    @property
    def limit(self) -> float:
        """Seconds that a probe may take."""
        return min(self.evidence.timeout, _SLACK + _TIMES * self.green.seconds)

    def still_green(self, run: EvidenceRun) -> tuple[str, ...]:
        """Which of the tests passed in `run`; without an account all or none of them."""
        if run.account is None:
            return (self.tests or ("the evidence",)) if run.green else ()
        passed = run.account.passed
        return tuple(t for t in self.tests if t in passed)


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe, ready to run: these tests on this tree must be red. No tree: it cannot run."""

    name: str
    tree: str
    tests: tuple[str, ...]
    moved: bool = False  # the runner takes our own file for the one that holds the tests


def run_probes(
    proof: Proof, *, reverting: bool = True, more: Sequence[Callable[[Proof], Probed]] = ()
) -> tuple[tuple[Probed, ...], EvidenceRun]:
    """Every probe's end, and the tests once more on the change itself, in another order.

    All run side by side: they share nothing. Without `reverting` only the harness is probed.
    `more` are probes that go about it in their own way.
    """
    probes = [_negation(proof)]
    if reverting:
        probes = [Probe("revert", proof.red_tree, proof.tests), _sabotage(proof), *probes]
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        others = [pool.submit(probe, proof) for probe in more]
        again = pool.submit(proof.run_twice, proof.tree, shuffle=1)
        short = reverting and proof.green.seconds < _SHORT
        every = pool.submit(proof.run_all, shuffle=1) if short else None
        green = {p.name: pool.submit(_green_in, proof, p) for p in probes if p.tree}
    ended = [
        Probed(p.name, "unavailable") if p.name not in green else _ended(p, green[p.name].result())
        for p in probes
    ]
    ended += [other.result() for other in others]
    runs = [again.result(), *([every.result()] if every else [])]
    worst = min(runs, key=lambda run: len(proof.still_green(run)))
    return tuple(_second_sabotage(proof, p) for p in ended), worst


def _green_in(proof: Proof, probe: Probe) -> tuple[str, ...]:
    narrowed = replace(proof, tests=probe.tests)
    run = narrowed.run(probe.tree)
    if probe.moved and run.account is not None:
        passed = {id_.partition("::")[2] for id_ in run.account.passed}
        return tuple(test for test in probe.tests if test.partition("::")[2] in passed)
    return narrowed.still_green(run)


def _ended(probe: Probe, green: tuple[str, ...]) -> Probed:
    return Probed(probe.name, "green" if green else "red", green)


def _sabotage(proof: Proof) -> Probe:
    """The changed functions raise; where only other code changed, its modules do."""
    rewritten = _rewritten(proof, _functions_fail) or _rewritten(proof, _module_fails)
    tree = proof.objects.overlay(proof.tree, rewritten) if rewritten else ""
    return Probe("sabotage", tree, proof.tests)


def _second_sabotage(proof: Proof, probed: Probed) -> Probed:
    """Tests that survive the functions may depend on the rest of the changed modules, or data."""
    if probed.name != "sabotage" or probed.result != "green":
        return probed
    functions, modules = (_rewritten(proof, f) for f in (_functions_fail, _module_fails))
    green = probed.green
    if modules and functions:
        tree = proof.objects.overlay(proof.tree, {**functions, **modules})
        green = _green_in(proof, Probe("sabotage", tree, green))
    if green and _touches_data(proof):
        return Probed("sabotage", "unavailable", green)
    return Probed("sabotage", "green" if green else "red", green)


def _negation(proof: Proof) -> Probe:
    """The tests rewritten so that none can pass honestly."""
    rewritten, tests = _negated(proof)
    tree = proof.objects.overlay(proof.tree, rewritten) if rewritten else ""
    moved = any(family_of(path) == "ecmascript" for path in rewritten)
    return Probe("negation", tree, tests, moved=moved)


def _negated(proof: Proof) -> tuple[Mapping[str, bytes | None], tuple[str, ...]]:
    """The rewritten test files, and the tests whose function was found in one."""
    listing = proof.objects.files(proof.tree)
    rewritten: dict[str, bytes | None] = {}
    found: set[tuple[str, str]] = set()
    for path, names in places_of(proof.tests, listing).items():
        source = proof.objects.read(proof.tree, path)
        negated = negate_tests(source, names) if source and path.endswith(".py") else None
        if negated and negated[1]:
            rewritten[path] = negated[0]
            found |= {(path, name) for name in negated[1]}
    if not rewritten:
        # ids of other runners name no function: every test of their language is negated
        texts = {path: proof.objects.read(proof.tree, path) or b"" for path in proof.test_files}
        rewritten |= negate_texts(texts)
        named = {test: files_of([test], listing) for test in proof.tests}
        return rewritten, tuple(test for test, files in named.items() if files <= {*rewritten})
    covered = tuple(
        test
        for test in proof.tests
        for path, names in places_of([test], listing).items()
        if any((path, name) in found for name in names)
    )
    return rewritten, covered


def repeat_tests(proof: Proof, first: EvidenceRun) -> tuple[EvidenceRun, ...]:
    """The tests again and again, in other orders, as often as time allows; `first` was done."""
    runs = [first]
    budget = _FREE + _SHARE * proof.green.seconds
    while len(runs) < _REPEATS and len(proof.still_green(runs[-1])) == len(proof.tests):
        if sum(run.seconds for run in runs) + runs[-1].seconds > budget:
            break
        runs.append(proof.run(proof.tree, shuffle=len(runs) + 1))
    return tuple(runs)


def _rewritten(proof: Proof, rewrite: Rewrite) -> Mapping[str, bytes | None]:
    by_path = proof.change.by_path
    found: dict[str, bytes | None] = {}
    for path in proof.production:
        file = by_path[path]
        content = None if file.after is None else rewrite(path, file.before, file.after)
        if content is not None:
            found[path] = content
    return found


def _functions_fail(path: str, before: bytes | None, after: bytes) -> bytes | None:
    if path.endswith(".py"):
        return sabotage_functions(before, after)
    return sabotage_text(path, before, after)


def _module_fails(path: str, before: bytes | None, after: bytes) -> bytes | None:
    if path.endswith(".py"):
        return sabotage_module(before, after)
    return sabotage_text_module(path, before, after)


def _touches_data(proof: Proof) -> bool:
    return any(not path.endswith(".py") and not family_of(path) for path in proof.production)
