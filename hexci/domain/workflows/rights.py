"""What a job's token may do."""

from hexci.domain.canonical import Json
from hexci.domain.workflows.shape import Job, Workflow

# What holds where nothing is said depends on the repository's settings: it may be everything.
UNSAID = "unsaid"


def right(workflow: Workflow, job: Job, scope: str) -> str:
    """`write`, `read`, `none`, or `unsaid` where neither job nor workflow says anything."""
    said = job.permissions if job.permissions is not None else workflow.permissions
    return _right(said, scope)


def may_write(workflow: Workflow, job: Job, *scopes: str) -> bool:
    """Whether the job is known to have the right to write any of the scopes."""
    return any(right(workflow, job, scope) == "write" for scope in scopes)


def might_write(workflow: Workflow, job: Job, *scopes: str) -> bool:
    """Whether the job has it, or nothing is said about it."""
    return any(right(workflow, job, scope) in {"write", UNSAID} for scope in scopes)


def _right(said: Json, scope: str) -> str:
    match said:
        case None:
            return UNSAID
        case "write-all":
            return "write"
        case "read-all":
            return "read"
        case dict():
            return str(said.get(scope, "none"))
    return "none"
