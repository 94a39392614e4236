"""What the doctor found, for a person and for a program."""

import json
from collections.abc import Sequence

from hexci.domain.canonical import Json, plain
from hexci.domain.symptom import Symptom, outcome_of


def as_text(symptoms: Sequence[Symptom]) -> str:
    """One line a thing, advice below it."""
    lines = []
    for symptom in symptoms:
        lines.append(f"{symptom.health:6}  {symptom.what:22} {symptom.fact}")
        lines += [f"{'':32}{symptom.advice}"] if symptom.advice else []
    return "\n".join(lines) + "\n"


def as_document(symptoms: Sequence[Symptom]) -> str:
    """One JSON document."""
    outcome = outcome_of(symptoms)
    document: dict[str, Json] = {
        "outcome": outcome.value,
        "exit_code": outcome.exit_code,
        "symptoms": plain(symptoms),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
