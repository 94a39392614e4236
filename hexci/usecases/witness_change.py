"""Step 6, the witness: what the tests call is called again elsewhere, with and without the change.

The calls are noted under the tests' own runner, then repeated in a plain process without tests or
runner, on the change and on base; and so are calls near them. Only Python, only tests whose
function is known; other languages: `witness_text`.
"""

import shlex
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from hexci.domain.evidence import EvidenceSpec
from hexci.domain.gate.behaviour import (
    Answers,
    answers_in,
    ends_with_tests,
    fails_on_others,
    knows_runner,
    minds_caller,
    special_cased,
    suspects,
    vanishing,
)
from hexci.domain.gate.naming import places_of
from hexci.domain.gate.probes import Probed
from hexci.domain.gate.stubs_python import asked_tests, indifferent, stubbed_code
from hexci.domain.gate.witness_python import (
    Place,
    adds_table,
    constants_of,
    interpreter_of,
    only_data_changed,
    repeating_tests,
    start_program,
    watched_tests,
)
from hexci.ports.witness import Witness
from hexci.usecases.prove_change import Proof
from hexci.usecases.witness_text import witness_text

# Seconds of processor time that repeating calls may take in each world: so much, and a share of
# what the evidence takes, up to a limit.
_LEAST, _SHARE, _MOST = 0.5, 0.2, 4.0

Files = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class _Scene:
    """One change's tests, by file, and the room's place for the witness."""

    proof: Proof
    place: Place
    package: Files
    names: Mapping[str, frozenset[str]]
    sources: Mapping[str, bytes]

    @property
    def seconds(self) -> float:
        """Of processor time, for repeating calls."""
        return min(_MOST, _LEAST + _SHARE * self.proof.green.seconds)

    @property
    def harness(self) -> Files:
        """Every Python test file and every conftest, taken away."""
        listing = self.proof.objects.files(self.proof.tree)
        return {
            path: None
            for path in listing
            if path.endswith(".py")
            and (path in self.proof.test_files or path.rpartition("/")[2] == "conftest.py")
        }


@dataclass(frozen=True, slots=True)
class _Errand:
    """One run: `files` written over `tree`, and the file that it is to leave."""

    tree: str
    files: Files
    evidence: EvidenceSpec
    result: str
    only: tuple[str, ...] = ()


def witness_change(proof: Proof, witness: Witness | None) -> Probed:
    """`green` when the change shows only to its tests; the probe's ids say how."""
    if not any(path.endswith(".py") for path in proof.production):
        return witness_text(proof, witness)
    scene = _scene_of(proof, witness) if witness else None
    record = _watched(scene) if scene else b""
    python = interpreter_of(record)
    if scene is None or not python:
        return Probed("witness", "unavailable")
    with ThreadPoolExecutor(2) as pool:
        head, base = pool.map(
            lambda tree: _repeated(scene, tree, record, python),
            (proof.tree, proof.change.base_tree),
        )
    if not head:
        return Probed("witness", "unavailable")
    said = vanishing(head, base) or minds_caller(head, base)
    if not said and not _only_data(proof):
        said = special_cased(head, base) or fails_on_others(head, base)
    if not said and _adds_table(proof):
        said = ends_with_tests(head, base)
    if not said and suspects(head):
        inside = [_in_harness(scene, tree, record) for tree in (proof.tree, proof.change.base_tree)]
        said = knows_runner(head, base, *inside)
    return Probed("witness", "green" if said else "red", (said,) if said else ())


def ask_tests(proof: Proof, witness: Witness | None) -> Probed:
    """`green` when the tests pass although all new code does next to nothing."""
    scene = _scene_of(proof, witness) if witness else None
    if scene is None:
        return Probed("stubs", "unavailable")
    by_path = proof.change.by_path
    stubbed = {
        path: text
        for path in proof.production
        if path.endswith(".py") and (after := by_path[path].after) is not None
        if (text := stubbed_code(by_path[path].before, after, scene.place))
    }
    asked = {
        path: found
        for path, source in scene.sources.items()
        if (found := asked_tests(path, source, scene.names[path], scene.place))
    }
    names = {name for _, found in asked.values() for name in found}
    if not stubbed or names != set().union(*scene.names.values()):
        return Probed("stubs", "unavailable")
    files = {**scene.package, **stubbed, **{path: text for path, (text, _) in asked.items()}}
    said = _run(proof, _Errand(proof.tree, files, proof.evidence, scene.place.answers, proof.tests))
    free = indifferent(said, names)
    return Probed("stubs", "green" if free else "red", (f"{free} will do",) if free else ())


def _scene_of(proof: Proof, witness: Witness) -> _Scene | None:
    names = places_of(proof.tests, proof.objects.files(proof.tree))
    sources = {
        path: source
        for path in names
        if path.endswith(".py") and (source := proof.objects.read(proof.tree, path))
    }
    if not sources or not any(path.endswith(".py") for path in proof.production):
        return None
    place = Place(f"app_{proof.tree[:10]}")
    package = {f"{place.package}/{name}": data for name, data in witness.python().items()}
    return _Scene(proof, place, package, names, sources)


def _watched(scene: _Scene) -> bytes:
    """The record of calls, from a run of the tests; empty when there is none."""
    tests = [path for path in scene.proof.test_files if path.endswith(".py")]
    watched = {
        path: text
        for path, source in scene.sources.items()
        if (text := watched_tests(path, source, scene.names[path], scene.place, tests))
    }
    if not watched:
        return b""
    proof = scene.proof
    files = {**scene.package, **watched}
    return _run(proof, _Errand(proof.tree, files, proof.evidence, scene.place.calls, proof.tests))


def _repeated(scene: _Scene, tree: str, record: bytes, python: str) -> Answers:
    pool = constants_of({
        path: file.after
        for path in scene.proof.production
        if path.endswith(".py") and (file := scene.proof.change.by_path[path]).after
    })  # fmt: skip
    edges = constants_of({
        path: file.before
        for path in scene.proof.production
        if path.endswith(".py") and (file := scene.proof.change.by_path[path]).before
    })  # fmt: skip
    start = start_program(scene.place, pool, edges, scene.seconds)
    files = {**scene.harness, **scene.package, scene.place.calls: record, scene.place.start: start}
    evidence = EvidenceSpec(f"{shlex.quote(python)} {scene.place.start}", scene.proof.limit)
    return answers_in(_run(scene.proof, _Errand(tree, files, evidence, scene.place.answers)))


def _in_harness(scene: _Scene, tree: str, record: bytes) -> Answers:
    """The calls repeated under the tests' runner, with nothing else of the tests there."""
    repeating = {
        path: text
        for path, source in scene.sources.items()
        if (text := repeating_tests(path, source, scene.names[path], scene.place, scene.seconds))
    }
    files = {**scene.harness, **scene.package, **repeating, scene.place.calls: record}
    proof = scene.proof
    errand = _Errand(tree, files, proof.evidence, scene.place.answers)
    return answers_in(_run(proof, errand))


def _run(proof: Proof, errand: _Errand) -> bytes:
    """What a run leaves in the file that it is asked for; empty when it leaves nothing."""
    evidence = replace(errand.evidence, timeout=min(errand.evidence.timeout, proof.limit))
    with proof.rooms.clone(errand.tree) as room:
        room.write(errand.files)
        proof.runner.run(evidence, room, only=errand.only)
        return room.read(errand.result) or b""


def _adds_table(proof: Proof) -> bool:
    files = [proof.change.by_path[path] for path in proof.production if path.endswith(".py")]
    return any(adds_table(f.before, f.after) for f in files)


def _only_data(proof: Proof) -> bool:
    """Whether the change only adds to tables that base has: it states knowledge."""
    files = [proof.change.by_path[path] for path in proof.production]
    return all(
        only_data_changed(f.before, f.after) if f.path.endswith(".py") else f.before is not None
        for f in files
    )
