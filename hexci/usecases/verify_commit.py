"""Whether a commit's evidence can be had again: from a clean clone, with nothing but git."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hexci.domain.canonical import digest
from hexci.domain.envelope import ALLOWED_SIGNERS, to_sign
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.stated_evidence import StatedEvidence, read_statement
from hexci.domain.verification import Verification
from hexci.errors import BadInputError
from hexci.ports.progress import Progress
from hexci.ports.records import Records
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner
from hexci.ports.signing import SignatureCheck


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whose signatures count: the `allowed_signers` of the verifier's own HEAD, None: none set."""

    allowed: bytes | None
    check: SignatureCheck


def verify_commit(  # noqa: PLR0913 - the ports it needs
    ref: str,
    *,
    trailers: dict[str, str],
    trusted: Trusted,
    doubts: Callable[[Mapping[str, bytes]], Sequence[str]],
    objects: Objects,
    records: Records,
    rooms: Rooms,
    runner: EvidenceRunner,
    progress: Progress,
) -> Verification:
    """Runs the evidence on `ref`'s tree again, and on its base, where it must fail.

    `trailers` are the commit's own (empty after a squash: the note is keyed on the tree).
    `doubts` says what is wrong with what agents said in the record of the run, if it is here.
    Raises BadInputError when there is no evidence to verify.
    """
    commit = objects.resolve(ref)
    tree = objects.tree_of(commit)
    note = _note_for(records.evidence_of(tree), trailers.get("Hexci-Evidence", ""), commit)
    stated = read_statement(note)
    run = records.load(trailers.get("Hexci-Run", "") or stated.run)
    doubted = doubts(run.files) if run else ()
    forged = (*_forgeries(note, stated, tree, trailers), *_unsigned(stated, trusted), *doubted)
    if forged:
        return Verification(commit, tree, Outcome.TAMPERED, stated, forged)
    green = _run(tree, stated, "green", rooms, runner, progress)
    differs = list(_differences(stated, green))
    seconds = green.seconds
    if stated.mode == "fix":
        red = _run(stated.base_tree, stated, "red", rooms, runner, progress)
        seconds += red.seconds
        if red.green:
            differs.append("the evidence passes on the base too: it does not prove this commit")
    outcome = Outcome.EVIDENCE_FAILED if differs else Outcome.OK
    return Verification(commit, tree, outcome, stated, tuple(differs), green.isolation, seconds)


def _note_for(notes: Sequence[bytes], sealed: str, commit: str) -> bytes:
    if not notes:
        raise BadInputError(
            f"there is no evidence for the tree of {commit[:12]}",
            "Fetch it: git fetch origin 'refs/notes/hexci/*:refs/notes/hexci/*'",
        )
    exact = [note for note in notes if digest(note) == sealed]
    return exact[0] if exact else notes[-1]


def _forgeries(
    note: bytes, stated: StatedEvidence, tree: str, trailers: dict[str, str]
) -> tuple[str, ...]:
    said = []
    sealed = trailers.get("Hexci-Evidence", "")
    if sealed and digest(note) != sealed:
        said.append(f"the commit says {sealed}, the note is {digest(note)}")
    if stated.tree != tree:
        said.append(f"the evidence is about tree {stated.tree}, the commit has {tree}")
    if stated.result != "PASSED":
        said.append(f"the evidence says {stated.result}")
    return tuple(said)


def _unsigned(stated: StatedEvidence, trusted: Trusted) -> tuple[str, ...]:
    if trusted.allowed is None:
        return ()
    if not stated.sealed.signature:
        return (f"the evidence is not signed, and {ALLOWED_SIGNERS} asks for it",)
    data = to_sign(stated.sealed.payload)
    if trusted.check.signer_of(data, stated.sealed.signature, trusted.allowed):
        return ()
    return (f"the evidence is signed by nobody that {ALLOWED_SIGNERS} names",)


def _run(  # noqa: PLR0913, PLR0917
    tree: str,
    stated: StatedEvidence,
    colour: str,
    rooms: Rooms,
    runner: EvidenceRunner,
    progress: Progress,
) -> EvidenceRun:
    progress.stage("gate", f"{colour}: {stated.evidence.command}")
    with rooms.clone(tree) as room:
        return runner.run(stated.evidence, room)


def _differences(stated: StatedEvidence, green: EvidenceRun) -> Sequence[str]:
    if green.timed_out:
        return ["the evidence ran into its time limit"]
    if not green.green:
        return [f"the evidence fails now (exit code {green.exit_code})"]
    passed = green.account.passed if green.account else frozenset()
    gone = sorted(stated.passed - passed)
    return [f"{test} passed then and does not now" for test in gone[:20]]
