"""Default-refute: a claim counts only when its reproducer fails, three times, in clean clones."""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from hexci.domain.canonical import digest
from hexci.domain.change import ChangeKind
from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec
from hexci.domain.review.claim import Claim, Judged, Standing
from hexci.domain.review.mutants import Mutant
from hexci.domain.review.proving import RUNS, judge_runs, refuted
from hexci.domain.review.reproducer import objection, own_names
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.ports.rooms import Room, Rooms
from hexci.ports.runner import EvidenceRunner

# Seconds for one run of one reproducer: it is one test, not a suite.
_PATIENCE = 60.0
# Reproducers that run at the same time; each waits for its process.
_AT_ONCE = 4
_SHOWN = 1_500


@dataclass(frozen=True, slots=True)
class Means:
    """The ports that a proof needs."""

    objects: Objects
    rooms: Rooms
    runner: EvidenceRunner
    progress: Progress


def prove_claims(claims: Iterable[Claim], scene: Scene, means: Means) -> tuple[Judged, ...]:
    """Every claim with what its reproducer showed, in the same order."""
    court = _Court(scene, means)

    def judge(claim: Claim) -> Judged:
        one = court.judge(claim)
        means.progress.note(f"{claim.lens}: {claim.title}: {one.standing}: {one.reason}")
        return one

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return tuple(pool.map(judge, claims))


class _Court:
    """The clean clones that reproducers run in."""

    def __init__(self, scene: Scene, means: Means) -> None:
        self._scene, self._means = scene, means
        self._files = frozenset(means.objects.files(scene.tree))
        self._folder = folder_of_tests(scene.green.account, self._files)

    def judge(self, claim: Claim) -> Judged:
        """The claim after its runs."""
        reason = self._unheard(claim)
        if reason:
            return refuted(claim, reason)
        if claim.mutant is not None:
            return self._judge_mutant(claim, claim.mutant)
        judged = self._judge_on(claim, self._scene.tree)
        if judged.standing is Standing.CONFIRMED and claim.passes_on:
            run, _ = self._run(claim, claim.passes_on)
            if not run.green:
                return refuted(claim, "it fails on the base as well", run.output[-_SHOWN:])
        return judged

    def _judge_on(self, claim: Claim, tree: str) -> Judged:
        path = self._path_of(claim)
        runs: list[EvidenceRun] = []
        for _ in range(RUNS):
            run, meddled = self._run(claim, tree)
            if meddled:
                return refuted(claim, f"its run changed {meddled}", run.output[-_SHOWN:])
            runs.append(run)
            if run.green:
                break  # once is enough to refute
        own = own_names(claim.reproducer, self._files)
        return judge_runs(claim, path, runs, own=own, read=self._text)

    def _judge_mutant(self, claim: Claim, mutant: Mutant) -> Judged:
        """A mutant that no test notices, and a test that tells it from the code."""
        run, _ = self._run(claim, self._scene.tree)
        if not run.green:
            return refuted(claim, "the proposed test fails on the code as it is")
        broken = self._means.objects.overlay(
            self._scene.tree, {mutant.path: mutant.text.encode("utf-8", "surrogateescape")}
        )
        gate = self._scene.gate
        with self._means.rooms.clone(broken) as room:
            whole = self._means.runner.run(gate, room)
        if not whole.green:
            return refuted(claim, "a test of the repository notices the mutant")
        judged = self._judge_on(claim, broken)
        if judged.standing is not Standing.CONFIRMED:
            return judged
        return replace(judged, reason="every test passes on the mutant; the proposed one fails")

    def _unheard(self, claim: Claim) -> str:
        if claim.path not in self._files:
            return f"there is no file {claim.path!r}"
        lines = (self._text(claim.path) or "").count("\n") + 1
        if not 1 <= claim.line <= lines:
            return f"{claim.path} has no line {claim.line}"
        if not claim.path.endswith(".py"):
            return "only claims about Python can be proven so far"
        if not self._means.runner.can_select(self._scene.gate) or self._scene.green.account is None:
            return "the gate's runner cannot run a single file, so nothing can be proven"
        return objection(claim.reproducer, claim.path, self._files)

    def _path_of(self, claim: Claim) -> str:
        name = f"test_hexci_{digest(claim.reproducer.encode())[-12:]}.py"
        return f"{self._folder}/{name}" if self._folder else name

    def _run(self, claim: Claim, tree: str) -> tuple[EvidenceRun, str]:
        """One run in a clone of `tree`, and the first file of the repository that it changed."""
        gate, path = self._scene.gate, self._path_of(claim)
        spec = EvidenceSpec(gate.command, min(_PATIENCE, gate.timeout), gate.report)
        with self._means.rooms.clone(tree) as room:
            room.write({path: claim.reproducer.encode()})
            run = self._means.runner.run(spec, room, only=[path])
            return run, self._meddled(tree, room)

    def _meddled(self, tree: str, room: Room) -> str:
        change = self._means.objects.change(tree, room.snapshot())
        touched = [f.path for f in change.files if f.kind is not ChangeKind.ADDED]
        return touched[0] if touched else ""

    def _text(self, path: str) -> str | None:
        content = self._means.objects.read(self._scene.tree, path)
        return None if content is None else content.decode("utf-8", "replace")


def folder_of_tests(account: Account | None, files: frozenset[str]) -> str:
    """The folder where most executed tests lie, so that a new test is imported as they are."""
    counted = Counter(
        str(PurePosixPath(path).parent) for id_ in _ids(account) if (path := _file_of(id_, files))
    )
    most = counted.most_common(1)
    return "" if not most or most[0][0] == "." else most[0][0]


def _ids(account: Account | None) -> Sequence[str]:
    return sorted(account.executed) if account else ()


def _file_of(test_id: str, files: frozenset[str]) -> str:
    path = test_id.partition("::")[0]
    if path in files:
        return path
    parts = test_id.split(".")
    tries = ("/".join(parts[:count]) + ".py" for count in range(len(parts), 0, -1))
    return next((path for path in tries if path in files), "")
