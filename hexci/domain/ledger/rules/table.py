"""The fourteen rules, and the one judgement that check and audit share."""

from collections.abc import Iterator

from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.rules import (
    citations,
    fresh,
    frozen,
    governs,
    heeded,
    links,
    quorum,
    shape,
    transition,
    vanish,
)
from hexci.domain.ledger.step import Step

RULES = (
    vanish.NO_VANISH,
    frozen.FROZEN_BODY,
    frozen.FROZEN_HEADER,
    transition.LEGAL_TRANSITION,
    links.RECIPROCAL,
    shape.UNIQUE_ID,
    shape.PARSED_ALL,
    governs.GOVERNS_RESOLVES,
    citations.CITATION_RESOLVES,
    fresh.INDEX_FRESH,
    quorum.QUORUM,
    transition.BULK,
    transition.BORN_DECIDED,
    heeded.HEEDED,
)
# What the step that adopts a ledger may not leave open: from here on nothing could be judged.
_NEVER_DEBT = frozenset({"ADR007", "ADR010"})


def judge_ledger(step: Step) -> Iterator[Finding]:
    """Findings that follow from the two states of the ledger alone (ADR001 to 007, 010, 013).

    `hexci adr check` and `hexci adr audit` both judge by this. In the adopting step what the
    old ledger breaks is a note: it is listed once. A record that could be read before is judged
    as ever.
    """
    families = (vanish, frozen, transition, links, shape, fresh)
    for family in families:
        for finding in family.judge(step):
            judged = finding.path in step.old.records or finding.rule in _NEVER_DEBT
            if judged or not step.adopting:
                yield finding
            elif finding.rule != transition.BORN_DECIDED.id:
                yield finding._replace(severity=Severity.NOTE)
