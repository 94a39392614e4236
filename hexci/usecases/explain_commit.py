"""Joining a commit with its evidence: by its tree, else by the run that its trailer names."""

from collections.abc import Mapping

from hexci.domain.canonical import digest
from hexci.domain.provenance import Place, Provenance
from hexci.domain.stated_evidence import StatedEvidence, read_statement
from hexci.errors import BadInputError
from hexci.ports.records import Records
from hexci.ports.repo import Objects


def explain_commit(  # noqa: PLR0913 - what git says of the commit, and the ports
    commit: str,
    place: Place | None,
    *,
    described: tuple[str, str, str],
    trailers: Mapping[str, str],
    objects: Objects,
    records: Records,
) -> Provenance:
    """What is recorded about `commit`; that nothing is, is an answer too."""
    evidence, source = _by_tree(commit, trailers, objects, records)
    if evidence is None:
        evidence, source = _by_run(trailers, records)
    author, date, subject = described
    return Provenance(commit, author, date, subject, place, evidence, source)


def _by_tree(
    commit: str, trailers: Mapping[str, str], objects: Objects, records: Records
) -> tuple[StatedEvidence | None, str]:
    notes = records.evidence_of(objects.tree_of(commit))
    sealed = trailers.get("Hexci-Evidence", "")
    # of several runs that came to one tree, the one that the commit names
    ordered = sorted(notes, key=lambda note: digest(note) != sealed)
    found = next((e for e in map(_readable, ordered) if e is not None), None)
    return found, "the note on its tree"


def _by_run(trailers: Mapping[str, str], records: Records) -> tuple[StatedEvidence | None, str]:
    run = trailers.get("Hexci-Run", "")
    stored = records.load(run) if run else None
    note = stored.files.get("evidence.json", b"") if stored else b""
    if not note:
        return None, ""
    return _readable(note.strip()), f"the record of run {run}; its tree was changed since"


def _readable(note: bytes) -> StatedEvidence | None:
    try:
        return read_statement(note)
    except BadInputError:
        return None
