"""What the doctor found, for a person and for a program."""

import json
from collections.abc import Sequence

from hexci.adapters.sinks import json_document, text
from hexci.domain.canonical import Json, plain
from hexci.domain.finding import Report
from hexci.domain.symptom import Symptom, outcome_of


def as_text(symptoms: Sequence[Symptom], report: Report) -> str:
    """One line a thing, advice below it; then the findings in workflows."""
    lines = []
    for symptom in symptoms:
        lines.append(f"{symptom.health:6}  {symptom.what:22} {symptom.fact}")
        lines += [f"{'':32}{symptom.advice}"] if symptom.advice else []
    more = "\nWhy, and an example: hexci explain RULE\n" if report.findings else ""
    return "\n".join(lines) + f"\n\n{text.render(report)}{more}"


def as_document(symptoms: Sequence[Symptom], report: Report) -> str:
    """One JSON document."""
    outcome = outcome_of(symptoms, report)
    document: dict[str, Json] = {
        "outcome": outcome.value,
        "exit_code": outcome.exit_code,
        "symptoms": plain(symptoms),
        "facts": dict(report.facts),
        "findings": [json_document.as_json(f) for f in report.findings],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
