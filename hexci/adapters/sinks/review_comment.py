"""A review as the one sticky comment of a thread; nothing at all when there is nothing to say."""

import json
import re
from collections.abc import Sequence

from hexci.adapters.sinks.markdown import code, plain
from hexci.adapters.sinks.review_page import page
from hexci.domain.finding import Finding, Report
from hexci.domain.review.history import Known
from hexci.domain.review.review import Review

MARKER = "<!-- hexci:review -->"
_STATE = re.compile(r"<!-- hexci:review-state (.*?) -->")
_ROWS = 20
_SAID = 200


def render(review: Review, report: Report, gone: Sequence[Known] = ()) -> str:
    """A short table, what is resolved, and the proofs folded away. It can be found again."""
    if not report.findings and not gone and review.complete:
        return ""
    parts = [MARKER, f"**hexci review: {review.outcome.value}**"]
    if report.findings:
        parts.append(_table(report.findings))
    if gone:
        parts.append("\n".join(f"- ~~{plain(one.said)}~~ resolved" for one in gone[:_ROWS]))
    parts += [page(review).rstrip("\n"), _state(report.findings)]
    return "\n\n".join(parts) + "\n"


def known_in(text: str) -> tuple[Known, ...]:
    """The findings of an earlier review: of its comment, or of its JSON document."""
    try:
        found = _STATE.search(text)
        body = json.loads(found[1]) if found else json.loads(text)["findings"]
        return tuple(
            Known(str(one["fingerprint"]), str(one.get("said") or one.get("message")))
            for one in body
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def _table(findings: Sequence[Finding]) -> str:
    rows = [
        f"| {plain(f.severity.value)} | {code(f'{f.path}:{f.line}')} | {plain(f.message[:_SAID])} "
        f"| {plain(f.rule)} |"
        for f in findings[:_ROWS]
    ]
    left = len(findings) - _ROWS
    more = [f"| | | and {left} more | |"] if left > 0 else []
    return "\n".join(["| | where | what | rule |", "|---|---|---|---|", *rows, *more])


def _state(findings: Sequence[Finding]) -> str:
    listed = [
        {"fingerprint": f.fingerprint, "said": f"{f.path}: {f.message[:_SAID]}"} for f in findings
    ]
    # no text may end the comment that it stands in
    return f"<!-- hexci:review-state {json.dumps(listed).replace('-->', '--&gt;')} -->"
