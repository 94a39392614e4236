"""One file against every rule, less what its comments have ignored for a reason."""

from collections.abc import Iterable, Iterator

from hexci.domain.boundaries.ignores import find_ignores, read_ignore
from hexci.domain.finding import Finding
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.rules.table import CHECKS, IDLE, REASONLESS, UNREADABLE
from hexci.domain.workflows.shape import is_other_action, read_workflow
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
    return tuple(_without_ignored([flaw.as_finding(source) for flaw in flaws], source, today))


def unreadable(path: str, said: str, line: int, col: int) -> Finding:
    """That a file cannot be read at all."""
    rule: WorkflowRule = UNREADABLE
    message = f"{rule.name}\n{said}"
    return Finding(rule.id, rule.severity, path, line, col, message, rule.why, rule.fix)


def _without_ignored(findings: Iterable[Finding], source: Source, today: str) -> Iterator[Finding]:
    """Findings that no comment on their line, or alone on the line above, ignores."""
    ignores: dict[int, set[str]] = {}
    own: list[Finding] = []
    places: dict[tuple[int, str], int] = {}
    lines = source.text.splitlines()
    for line, column, text in find_ignores(source.text.encode("utf-8", "surrogatepass")):
        said = read_ignore(text)
        reason = said.reason.removeprefix("because").strip()
        over = bool(said.until) and said.until < today
        if over or not said.rules or not reason:
            what = f"was good until {said.until}" if over else "names no rule"
            what = what if over or not said.rules else "gives no reason"
            own.append(_at(REASONLESS, source, line, column, f"the ignore {what}"))
            continue
        alone = not lines[line - 1][: column - 1].strip()
        meant = _next_code(lines, line) if alone else line
        for rule in said.rules:
            ignores.setdefault(meant, set()).add(rule)
            places[meant, rule] = line
    used: set[tuple[int, str]] = set()
    for finding in findings:
        if finding.rule in ignores.get(finding.line, ()):
            used.add((finding.line, finding.rule))
        else:
            yield finding
    for (meant, rule), line in places.items():
        if (meant, rule) not in used and rule.startswith("WF"):
            own.append(_at(IDLE, source, line, 0, f"{rule} has nothing to ignore here"))
    yield from own


def _next_code(lines: list[str], line: int) -> int:
    """The number of the next line that is no comment, for a comment that stands alone."""
    for number in range(line, len(lines)):
        text = lines[number].strip()
        if text and not text.startswith("#"):
            return number + 1
    return line


def _at(rule: WorkflowRule, source: Source, line: int, col: int, said: str) -> Finding:
    message = f"{rule.name}\n{said}"
    return Finding(rule.id, rule.severity, source.path, line, col, message, rule.why, rule.fix)
