"""One file against every rule, less what its comments have silenced for a reason."""

from hexci.domain.finding import Finding
from hexci.domain.workflows.flaw import Flaw, finding_at
from hexci.domain.workflows.rules.table import CHECKS, UNREADABLE
from hexci.domain.workflows.shape import is_other_action, read_workflow
from hexci.domain.workflows.silencing import not_silenced
from hexci.domain.workflows.source import Source


def judge(source: Source, today: str = "") -> tuple[Finding, ...]:
    """What is wrong with a workflow or composite action; another kind of action has nothing.

    `today` is an ISO date, by which an ignore `until=DATE` may be over.
    """
    if is_other_action(source):
        return ()
    workflow = read_workflow(source)
    if workflow is None:
        said = "this is neither a workflow (on, jobs) nor an action (runs)"
        return (Flaw(UNREADABLE, (), said).as_finding(source),)
    flaws = dict.fromkeys(flaw for check in CHECKS for flaw in check(workflow))
    return not_silenced([flaw.as_finding(source) for flaw in flaws], source, today)


def unreadable(path: str, said: str, line: int, col: int) -> Finding:
    """That a file cannot be read at all."""
    return finding_at(UNREADABLE, path, line, col, said)
