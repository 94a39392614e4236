"""Findings of an earlier review of the same code: which of them are gone?"""

from collections.abc import Sequence
from dataclasses import dataclass

from hexci.domain.finding import Report
from hexci.domain.review.review import Review


@dataclass(frozen=True, slots=True)
class Known:
    """A finding as an earlier review told it."""

    fingerprint: str
    said: str


def resolved(before: Sequence[Known], review: Review, report: Report) -> tuple[Known, ...]:
    """Findings that are no longer there; none while a lens has not answered: nobody looked."""
    if not review.complete:
        return ()
    now = {finding.fingerprint for finding in report.findings}
    return tuple(known for known in before if known.fingerprint not in now)
