"""Findings for a person: `path:line:col: RULE what is true`, then what to do."""

from hexci.domain.finding import Finding, Report, Severity

_MOST_NOTES = 20  # what fails a check is always shown in full


def render(report: Report) -> str:
    """One block a finding, the facts, and a closing line that counts."""
    notes = [finding for finding in report.findings if finding.severity is Severity.NOTE]
    unshown = frozenset(notes[_MOST_NOTES:])
    shown = [finding for finding in report.findings if finding not in unshown]
    lines = [line for finding in shown for line in _finding_lines(finding)]
    if unshown:
        lines.append(f"and {len(unshown)} more notes; --format json has them all")
    lines += [f"{name}: {value}" for name, value in report.facts]
    lines.append(_closing_line(report))
    return "\n".join(lines) + "\n"


def place(finding: Finding) -> str:
    """`path:line:col`, without the parts that are 0."""
    parts = [finding.path, *(str(n) for n in (finding.line, finding.col) if n)]
    return ":".join(parts)


def _finding_lines(finding: Finding) -> list[str]:
    mark = "" if finding.severity is Severity.ERROR else f" ({finding.severity})"
    first, *more = finding.message.splitlines() or [""]
    more += finding.fix.splitlines()
    return [f"{place(finding)}: {finding.rule}{mark} {first}", *(f"    {line}" for line in more)]


def _closing_line(report: Report) -> str:
    counts = {s: sum(f.severity is s for f in report.findings) for s in Severity}
    said = ", ".join(f"{n} {s}{'s' if n != 1 else ''}" for s, n in counts.items() if n)
    return f"{report.tool}: {said or 'nothing found'}"
