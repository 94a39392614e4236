"""Plans for tests of what is done with them."""

from hexci.domain.evidence import EvidenceSpec
from hexci.domain.plan import Event, Limits, Mode, PathRules, Plan, Trust


def plan_for(task: str) -> Plan:
    """A plan of the command line for `task`."""
    return Plan(
        event=Event("e1", "argv", "someone", "2026-01-02T03:04:05Z"),
        trust=Trust.TRUSTED,
        task=task,
        mode=Mode.FIX,
        base_commit="b" * 40,
        base_tree="base",
        evidence=EvidenceSpec("make test"),
        files=(),
        candidates=("repair",),
        limits=Limits(),
        paths=PathRules(),
    )
