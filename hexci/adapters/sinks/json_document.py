"""Findings as one JSON document."""

import json

from hexci.domain.canonical import Json, plain
from hexci.domain.finding import Finding, Report


def render(report: Report) -> str:
    """`{tool, outcome, exit_code, facts, findings: […]}`, keys sorted, one line end."""
    document = {
        "tool": report.tool,
        "outcome": report.outcome.value,
        "exit_code": report.outcome.exit_code,
        "facts": dict(report.facts),
        "findings": [as_json(f) for f in report.findings],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def as_json(finding: Finding) -> dict[str, Json]:
    """A finding with the keys of the contract."""
    body = plain(finding)
    assert isinstance(body, dict)  # noqa: S101 - a dataclass is an object
    body.pop("identity")
    if not finding.proof:
        body.pop("proof")
    return {**body, "fingerprint": finding.fingerprint}
