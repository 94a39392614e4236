"""A review for a person and for a program: what is proven first, the rest folded away."""

import json
from collections.abc import Sequence

from hexci.adapters.sinks.json_document import as_json
from hexci.adapters.sinks.text import render
from hexci.domain.canonical import Json, plain
from hexci.domain.finding import Report
from hexci.domain.outcome import Outcome
from hexci.domain.review.claim import Judged, Standing
from hexci.domain.review.fix import Fix
from hexci.domain.review.history import Known
from hexci.domain.review.review import Review


def as_text(review: Review, report: Report, gone: Sequence[Known] = ()) -> str:
    """Findings with their reproducers, lenses, claims that were not proven, and the outcome."""
    lines = [render(report).rstrip("\n")]
    for number, one in enumerate(review.confirmed, 1):
        lines += ["", f"reproducer {number}: {one.claim.path}:{one.claim.line} {one.claim.title}"]
        lines += [f"    {line}".rstrip() for line in one.claim.reproducer.strip().splitlines()]
    others = [one for one in review.judged if one.standing is not Standing.CONFIRMED]
    if others:
        lines += ["", "not proven:"]
        lines += [f"    {o.claim.lens}: {o.claim.title}: {o.standing}: {o.reason}" for o in others]
    if gone:
        lines += ["", "resolved:", *(f"    {one.said}" for one in gone)]
    if review.fixes:
        lines += ["", "fixes:", *(f"    {_told(fix)}" for fix in review.fixes)]
    return "\n".join([*lines, "", review.outcome.value]) + "\n"


def _told(fix: Fix) -> str:
    head = f"{fix.claim.path}:{fix.claim.line} {fix.claim.title}: {fix.outcome}"
    if fix.landed:
        return f"{head} on {fix.branch}, by {fix.candidate}; the test is {fix.test}"
    return f"{head}: {fix.reason}"


def as_document(review: Review, report: Report, gone: Sequence[Known] = ()) -> str:
    """One JSON document."""
    outcome: Outcome = review.outcome
    document: dict[str, Json] = {
        "tool": "review",
        "outcome": outcome.value,
        "exit_code": outcome.exit_code,
        "lenses": [
            {
                "lens": lens.lens,
                "by": lens.by,
                "status": lens.status.value,
                "claims": len(lens.claims) + len(lens.findings),
                "told": lens.told,
                "usage": dict(lens.usage),
            }
            for lens in review.lenses
        ],
        "findings": [as_json(finding) for finding in report.findings],
        "claims": [_judged(one) for one in review.judged],
        "resolved": [plain(one) for one in gone],
        "fixes": [_fixed(fix) for fix in review.fixes],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _judged(one: Judged) -> Json:
    body = plain(one)
    assert isinstance(body, dict)  # noqa: S101 - a dataclass is an object
    return body


def _fixed(fix: Fix) -> Json:
    return {
        "path": fix.claim.path,
        "line": fix.claim.line,
        "title": fix.claim.title,
        "outcome": fix.outcome.value,
        "run": fix.run,
        "test": fix.test,
        "branch": fix.branch,
        "commit": fix.commit,
        "candidate": fix.candidate,
        "reason": fix.reason,
    }
