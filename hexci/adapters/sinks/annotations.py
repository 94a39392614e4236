"""Findings as GitHub workflow commands (`::error file=…::…`).

A step shows at most 10 errors, 10 warnings and 10 notices; more are dropped by the platform,
so the worst are written first and the rest is counted in a last notice.
"""

from hexci.domain.bounded import bounded
from hexci.domain.finding import Finding, Report, Severity

_PER_STEP = 10
# characters; the runner cuts off what is beyond, in silence
_MESSAGE = 4_096
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """Workflow commands, at most ten of a severity, and how many were left out."""
    lines: list[str] = []
    left_out = 0
    for severity, command in _COMMANDS.items():
        findings = [f for f in report.findings if f.severity is severity]
        room = _PER_STEP - 1 if severity is Severity.NOTE else _PER_STEP
        lines += [_command(command, f) for f in findings[:room]]
        left_out += max(0, len(findings) - room)
    if left_out:
        lines.append(f"::notice::{report.tool}: and {left_out} more, see the log or the SARIF file")
    return "".join(f"{line}\n" for line in lines)


def escape_data(text: str) -> str:
    """Escapes the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Escapes a property of a workflow command."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _command(command: str, finding: Finding) -> str:
    properties = {"file": finding.path, "title": finding.rule}
    if finding.line:
        properties["line"] = str(finding.line)
    if finding.col:
        properties["col"] = str(finding.col)
    said = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    message = f"{finding.message}\n{finding.fix}" if finding.fix else finding.message
    return f"::{command} {said}::{escape_data(bounded(message, _MESSAGE, '…'))}"
