"""Wires what reads, proves again and removes the records of runs."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.evidence import build_bench

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.outcome import Outcome
    from hexci.domain.run_line import RunLine
    from hexci.ports.records import Records, StoredRun
    from hexci.usecases.verify_commit import Trusted


def sweep(checkout: "Checkout") -> tuple[str, ...]:
    """Ends the records of killed runs and removes what they left in the temporary folder."""
    import shutil

    from hexci.adapters.git.quarters import abandoned_quarters
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import is_alive
    from hexci.usecases.sweep_runs import sweep_runs

    for left in abandoned_quarters():
        shutil.rmtree(left, ignore_errors=True)
    return sweep_runs(records=records_of(checkout), clock=SystemClock(), is_alive=is_alive)


def runs(most: int) -> "tuple[RunLine, ...]":
    """The newest runs of this repository, newest first, killed ones swept."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.usecases.list_runs import list_runs

    checkout = Checkout.at(Path.cwd())
    sweep(checkout)
    return list_runs(most, records=records_of(checkout))


def runs_as(lines: "Sequence[RunLine]", *, as_json: bool) -> str:
    """A list of runs for a person or a program."""
    from hexci.adapters.sinks.records import as_document, runs_as_text

    return as_document({"runs": list(lines)}) if as_json else runs_as_text(lines)


def denials_as(most: int, *, as_json: bool) -> str:
    """What the newest `most` runs wanted and could not have, for a person or a program."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.sinks.records import as_document, denials_as_text
    from hexci.usecases.list_denials import list_denials

    checkout = Checkout.at(Path.cwd())
    sweep(checkout)
    lines = list_denials(most, records=records_of(checkout))
    return as_document({"denials": list(lines)}) if as_json else denials_as_text(lines)


def run_record_as(name: str, *, as_json: bool) -> str:
    """One run's record for a person or a program."""
    from hexci.adapters.sinks.records import record_as_document, record_as_text

    stored = _stored(name)
    render = record_as_document if as_json else record_as_text
    return render(stored.run, stored.files)


def run_file(name: str, file: str) -> bytes:
    """One file of a run's record."""
    from hexci.errors import BadInputError

    stored = _stored(name)
    if file not in stored.files:
        known = " ".join(sorted(stored.files))
        raise BadInputError(f"the record of {stored.run} has no file {file!r}", f"It has: {known}")
    return stored.files[file]


def collect_garbage(older_than_days: float, *, dry_run: bool, as_json: bool) -> str:
    """Removes old records and what killed runs left; says what went."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.sinks.records import as_document
    from hexci.usecases.collect_garbage import old_runs

    checkout = Checkout.at(Path.cwd())
    lost = sweep(checkout)
    records = records_of(checkout)
    old = old_runs(older_than_days, records=records, clock=SystemClock())
    if not dry_run:
        records.forget(old)
    if as_json:
        return as_document({"removed": list(old), "lost": list(lost), "dry_run": dry_run})
    verb = "would remove" if dry_run else "removed"
    lines = [f"{verb} {run}" for run in old] + [f"swept as lost: {run}" for run in lost]
    return "\n".join(lines or ["nothing to remove"]) + "\n"


def verify(ref: str, *, as_json: bool) -> "tuple[Outcome, str]":
    """Re-runs a commit's evidence; the outcome, and what to print."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.adapters.sinks.verification import as_document, as_text
    from hexci.usecases.verify_commit import verify_commit

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        commit = checkout.resolve(ref)
        bench = build_bench(checkout, quarters, commit, progress)
        found = verify_commit(
            commit,
            trailers=checkout.trailers(commit),
            trusted=allowed_signers(checkout, quarters),
            doubts=lambda files: debate_doubts(files, checkout, quarters),
            objects=bench.objects,
            records=records_of(checkout),
            rooms=bench.rooms,
            runner=bench.runner,
            progress=progress,
        )
    return found.outcome, as_document(found) if as_json else as_text(found)


def why(target: str, *, as_json: bool) -> str:
    """What stands behind a commit or a line, for a person or a program."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.provenance import as_document, as_text
    from hexci.domain.provenance import parse_place
    from hexci.usecases.explain_commit import explain_commit

    checkout = Checkout.at(Path.cwd())
    place = parse_place(target)
    commit = checkout.blame(place.path, place.line) if place else checkout.resolve(target)
    with quarters_for(checkout) as quarters:
        found = explain_commit(
            commit,
            place,
            described=checkout.describe(commit),
            trailers=checkout.trailers(commit),
            objects=quarters.vault,
            records=records_of(checkout),
        )
    return as_document(found) if as_json else as_text(found)


def records_of(checkout: "Checkout") -> "Records":
    """The run records of a repository."""
    from hexci.adapters.git.records import GitRecords

    return GitRecords(checkout)


def debate_doubts(
    files: "Mapping[str, bytes]", checkout: "Checkout", quarters: "Quarters"
) -> "tuple[str, ...]":
    """Why what agents said in a run's record cannot be believed; nothing where none spoke."""
    from hexci.adapters.signing.ssh import SshSignatureCheck
    from hexci.domain.debate.letter import NAMESPACE
    from hexci.domain.debate.log import MESSAGES
    from hexci.usecases.check_debate import check_debate

    if MESSAGES not in files:
        return ()
    trusted = allowed_signers(checkout, quarters)
    return check_debate(files, check=SshSignatureCheck(NAMESPACE), trusted=trusted)[1]


def allowed_signers(checkout: "Checkout", quarters: "Quarters") -> "Trusted":
    """Whose signatures the repository believes, by its own HEAD."""
    from hexci.adapters.signing.ssh import SshSignatureCheck
    from hexci.domain.envelope import ALLOWED_SIGNERS
    from hexci.usecases.verify_commit import Trusted

    tree = quarters.vault.tree_of(checkout.resolve("HEAD"))
    return Trusted(quarters.vault.read(tree, ALLOWED_SIGNERS), SshSignatureCheck())


def _stored(name: str) -> "StoredRun":
    from hexci.adapters.git.checkout import Checkout
    from hexci.usecases.list_runs import find_run

    checkout = Checkout.at(Path.cwd())
    sweep(checkout)
    return find_run(name, records=records_of(checkout))
