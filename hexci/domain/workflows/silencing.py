"""`# hexci: ignore[WF161] because …`: what it silences, and when it is itself a finding."""

from collections.abc import Iterable

from hexci.domain.boundaries.ignores import InlineIgnore, find_ignores, read_ignore
from hexci.domain.finding import Finding
from hexci.domain.workflows.flaw import WorkflowRule, finding_at
from hexci.domain.workflows.rules.table import IDLE, REASONLESS
from hexci.domain.workflows.source import Source


def not_silenced(findings: Iterable[Finding], source: Source, today: str) -> tuple[Finding, ...]:
    """Findings that no comment on their line, or alone on the line above, silences.

    A comment without rule or reason, one that is over (`until=DATE` before `today`), and one
    that silences nothing are findings too.
    """
    silences, own = _silences(source, today)
    left, used = [], set()
    for finding in findings:
        place = (finding.line, finding.rule)
        used.add(place)
        if place not in silences:
            left.append(finding)
    for (meant, rule), line in silences.items():
        if (meant, rule) not in used and rule.startswith("WF"):
            own.append(_told(IDLE, source, line, 0, f"{rule} has nothing to ignore here"))
    return (*left, *own)


def _silences(source: Source, today: str) -> tuple[dict[tuple[int, str], int], list[Finding]]:
    """(line that is meant, rule) → line of the comment; and what is wrong with comments."""
    silences: dict[tuple[int, str], int] = {}
    wrong = []
    lines = source.text.split("\n")
    for line, column, text in find_ignores(source.text.encode("utf-8", "surrogatepass")):
        said = read_ignore(text)
        if fault := _fault(said, today):
            wrong.append(_told(REASONLESS, source, line, column, f"the ignore {fault}"))
            continue
        alone = not lines[line - 1][: column - 1].strip()
        meant = _next_code(lines, line) if alone else line
        silences |= dict.fromkeys(((meant, rule) for rule in said.rules), line)
    return silences, wrong


def _fault(said: InlineIgnore, today: str) -> str:
    if not said.rules:
        return "names no rule"
    if not said.reason.removeprefix("because").strip():
        return "gives no reason"
    return f"was good until {said.until}" if said.until and said.until < today else ""


def _next_code(lines: list[str], line: int) -> int:
    """The number of the next line that is no comment, for a comment that stands alone."""
    for number in range(line, len(lines)):
        text = lines[number].strip()
        if text and not text.startswith("#"):
            return number + 1
    return line


def _told(rule: WorkflowRule, source: Source, line: int, col: int, said: str) -> Finding:
    return finding_at(rule, source.path, line, col, said)
