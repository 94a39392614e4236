"""What the next try is told: failing tests and assertion lines first, bounded."""

import re

from hexci.domain.evidence import EvidenceRun, TestStatus
from hexci.domain.verdict import StepResult

# Characters of feedback, and of one test's message.
_LIMIT = 4_000
_MESSAGE = 600
_TELLING = re.compile(
    r"^(?:E  |>  )|AssertionError|assert|Error:|FAILED|panicked|not ok|expected|actual|---",
    re.IGNORECASE,
)


def feedback_of(decisive: StepResult, run: EvidenceRun | None) -> str:
    """At most 4,000 characters; the reason, then each failing test with its telling lines."""
    lines = [f"{decisive.step}: {decisive.outcome}: {decisive.reason}"]
    faults = dict(decisive.data).get("faults")
    if isinstance(faults, list):
        lines += [f"- {fault}" for fault in faults[1:20]]
    if run is not None:
        lines += _failing(run) or _telling(run.output)
    text = "\n".join(lines)
    return text if len(text) <= _LIMIT else text[: _LIMIT - 2] + " …"


def _failing(run: EvidenceRun) -> list[str]:
    if run.account is None:
        return []
    failing = [t for t in run.account.tests if t.status in (TestStatus.FAILED, TestStatus.ERROR)]
    return [
        part
        for test in failing[:20]
        for part in (f"FAILED {test.id}", *_telling(test.message)[:_MESSAGE])
    ]


def _telling(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.search(line)]
    return [line[:_MESSAGE] for line in (telling or lines[-30:])[:40]]
