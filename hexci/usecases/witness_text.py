"""Step 6, the witness, for languages whose calls nobody notes: their tests, run in other ways.

The failing tests are written out again with other literals, on the change and on base. JavaScript
is also tried on another machine, years later, and Rust without its debug assertions.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from hexci.domain.gate.behaviour import Answers, special_cased
from hexci.domain.gate.masking import family_of
from hexci.domain.gate.neighbours_text import (
    Copies,
    answers_told,
    at_bounds,
    neighbour_tests,
    together,
    without_repeats,
)
from hexci.domain.gate.probes import Probed
from hexci.ports.witness import Witness
from hexci.usecases.prove_change import Proof

_DEBUGGING = b"debug_assertions"
_AS_RELEASED = (
    ("DEV_DEBUG_ASSERTIONS", "false"),
    ("TEST_DEBUG_ASSERTIONS", "false"),
    ("DEV_OVERFLOW_CHECKS", "true"),
    ("TEST_OVERFLOW_CHECKS", "true"),
)
_ELSEWHERE = ".elsewhere.cjs"


def witness_text(proof: Proof, witness: Witness | None) -> Probed:
    """`green` when the change shows only to its tests; the probe's ids say how."""
    if said := _needs_debugging(proof) or _vanishes_elsewhere(proof, witness):
        return Probed("witness", "green", (said,))
    objects = proof.objects
    sources = {
        path: source
        for path in proof.test_files
        if family_of(path) and (source := objects.read(proof.tree, path))
    }
    code = {p: after for p in proof.production if (after := proof.change.by_path[p].after)}
    before = {p: text for p in proof.production if (text := proof.change.by_path[p].before)}
    if at_bounds(sources, proof.tests, before):
        return Probed("witness", "unavailable")
    trees = {"head": proof.tree, "base": proof.change.base_tree}
    copies = {
        name: neighbour_tests(
            {path: objects.read(tree, path) or b"" for path in sources},
            proof.tests,
            objects.files(tree),
            code,
        )
        for name, tree in trees.items()
    }
    if None in copies.values():
        return Probed("witness", "unavailable")
    with ThreadPoolExecutor(2) as pool:
        head, base = pool.map(lambda name: _told(proof, trees[name], copies[name]), trees)
    if not head:
        return Probed("witness", "unavailable")
    near = without_repeats(head, base)
    said = special_cased(near, base) or special_cased(together(near), base)
    return Probed("witness", "green" if said else "red", (said,) if said else ())


def _needs_debugging(proof: Proof) -> str:
    """Rust that mentions debug builds must be right in others, too; empty when it is."""
    files = [proof.change.by_path[path] for path in proof.production if path.endswith(".rs")]
    if not any(
        _DEBUGGING in (f.after or b"") and _DEBUGGING not in (f.before or b"") for f in files
    ):
        return ""
    profile = " ".join(f"CARGO_PROFILE_{name}=" + value for name, value in _AS_RELEASED)
    evidence = replace(proof.evidence, command=f"export {profile}; {proof.evidence.command}")
    with proof.rooms.clone(proof.tree) as room:
        run = proof.runner.run(evidence, room, only=proof.tests)
    if run.account is None or len(proof.still_green(run)) == len(proof.tests):
        return ""
    return "what it does is right in debug builds only"


def _told(proof: Proof, tree: str, copies: Copies | None) -> Answers:
    if copies is None:
        return {}
    evidence = replace(proof.evidence, timeout=min(proof.evidence.timeout, proof.limit))
    with proof.rooms.clone(tree) as room:
        room.write(copies.files)
        proof.runner.run(evidence, room, only=copies.only)
        return answers_told([room.read(path) or b"" for path in copies.told])


def _vanishes_elsewhere(proof: Proof, witness: Witness | None) -> str:
    """Whether a test that the change turned green fails elsewhere, and none besides; else empty."""
    if witness is None or not any(family_of(path) == "ecmascript" for path in proof.production):
        return ""
    command = f'export NODE_OPTIONS="--require $PWD/{_ELSEWHERE}"; {proof.evidence.command}'
    evidence = replace(proof.evidence, command=command, timeout=proof.limit)
    with proof.rooms.clone(proof.tree) as room:
        room.write({_ELSEWHERE: witness.node()})
        run = proof.runner.run(evidence, room)
    if run.account is None or proof.green.account is None:
        return ""
    lost = proof.green.account.passed - run.account.passed
    if lost and lost <= set(proof.tests):
        return "what it does is not there on another machine, years later"
    return ""
