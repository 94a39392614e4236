"""A verification for a person and for a program."""

import json

from hexci.domain.canonical import Json, plain
from hexci.domain.outcome import Outcome
from hexci.domain.verification import Verification


def as_text(found: Verification) -> str:
    """What was run, what differs, and the one word."""
    stated = found.stated
    lines = [
        f"commit    {found.commit}",
        f"tree      {found.tree}",
        f"run       {stated.run}",
        f"evidence  {stated.evidence.command}",
        f"isolation {found.isolation}",
        *(f"  {said}" for said in found.findings),
    ]
    word = {Outcome.OK: "reproduced", Outcome.TAMPERED: "FORGED"}.get(
        found.outcome, "NOT reproduced"
    )
    return "\n".join([*lines, f"{word} in {found.seconds:.1f} s"]) + "\n"


def as_document(found: Verification) -> str:
    """One JSON document."""
    document: dict[str, Json] = {
        "commit": found.commit,
        "tree": found.tree,
        "run": found.stated.run,
        "evidence": plain(found.stated.evidence),
        "outcome": found.outcome.value,
        "exit_code": found.outcome.exit_code,
        "reproduced": found.outcome is Outcome.OK,
        "findings": plain(found.findings),
        "isolation": found.isolation,
        "seconds": round(found.seconds, 3),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
