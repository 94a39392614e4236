"""Which events let whom start a workflow, and with which rights."""

from hexci.domain.workflows.shape import Workflow

# Anybody can cause these; the jobs have the repository's secrets and its token.
PRIVILEGED = frozenset(
    {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion",
     "discussion_comment"}
)  # fmt: skip
# Events that carry a text which can be a command, and can be edited later.
COMMENTS = frozenset(
    {"issue_comment", "pull_request_review_comment", "pull_request_review", "discussion_comment"}
)


def privileged(workflow: Workflow) -> tuple[str, ...]:
    """The workflow's triggers that strangers can cause and that come with rights."""
    return tuple(name for name in workflow.triggers if name in PRIVILEGED)


def comments(workflow: Workflow) -> tuple[str, ...]:
    """The workflow's triggers that bring somebody's text."""
    return tuple(name for name in workflow.triggers if name in COMMENTS)


def types_of(workflow: Workflow, event: str) -> tuple[str, ...] | None:
    """The activity types a trigger asks for; None when it takes GitHub's defaults."""
    asked = workflow.triggers.get(event)
    types = asked.get("types") if isinstance(asked, dict) else None
    if isinstance(types, str):
        return (types,)
    return tuple(str(t) for t in types) if isinstance(types, list) else None
