"""Every rule about workflows, and the checks that find what breaks them."""

from hexci.domain.finding import Severity
from hexci.domain.workflows.flaw import Check, WorkflowRule
from hexci.domain.workflows.rules import asking, secrets, supply, texts, trust, work

UNREADABLE = WorkflowRule(
    "WF001", "unreadable", "A workflow can be read",
    "What cannot be read cannot be judged: GitHub may read it otherwise than a reviewer does.",
    "Write it as plain YAML: no tags, no keys that stand twice.",
    "jobs: {a: {}}\njobs: {b: {}}", "jobs: {a: {}, b: {}}",
)  # fmt: skip
REASONLESS = WorkflowRule(
    "WF003", "reasonless", "What is ignored is ignored for a reason",
    "Next year nobody knows whether it is still meant.",
    "Write # hexci: ignore[WF161] because …",
    "# hexci: ignore[WF161]", "# hexci: ignore[WF161] because it is our own repository",
)  # fmt: skip
IDLE = WorkflowRule(
    "WF004", "idle-ignore", "What is ignored is there",
    "An ignore that silences nothing will silence something else one day.",
    "Remove it.",
    "run: pytest # hexci: ignore[WF101] because …", "run: pytest",
    severity=Severity.WARNING,
)  # fmt: skip

_FAMILIES = (trust, texts, asking, secrets, supply, work)
RULES: tuple[WorkflowRule, ...] = (
    UNREADABLE, REASONLESS, IDLE, *(rule for family in _FAMILIES for rule in family.RULES)
)  # fmt: skip
CHECKS: tuple[Check, ...] = tuple(family.check for family in _FAMILIES)
