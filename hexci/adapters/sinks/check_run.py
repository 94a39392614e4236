"""A check run on a commit, within what GitHub takes of each of its members."""

from hexci.domain.asking.scene import Checked
from hexci.domain.bounded import bounded, bounded_bytes
from hexci.domain.finding import Finding, Severity
from hexci.ports.forge import Check, Note

_LEVELS = {Severity.ERROR: "failure", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
# Annotations of one check, ten requests of them; the SARIF file has all findings.
_MOST_NOTES = 500
_SUMMARY = 65_535
_TITLE = 255
_MESSAGE = 65_536  # bytes


def check_run(checked: Checked, head: str, key: str) -> Check:
    """The check `hexci analyze` or `hexci review` on `head`; the worst findings are annotated.

    `key` names the event, so that the same event never makes a second one.
    """
    findings = checked.report.findings
    worst = sorted(findings, key=lambda finding: _WEIGHT[finding.severity])[:_MOST_NOTES]
    count = f"{len(findings)} new finding{'' if len(findings) == 1 else 's'}"
    left = f", {len(worst)} of them annotated" if len(worst) < len(findings) else ""
    return Check(
        head,
        f"hexci {checked.report.tool}",
        key,
        "success" if checked.outcome.happened else "failure",
        f"{checked.outcome}: {count}{left}",
        bounded(checked.page, _SUMMARY),
        [_note(finding) for finding in sorted(worst, key=lambda f: f.sort_key)],
    )


def _note(finding: Finding) -> Note:
    message = f"{finding.message}\n{finding.fix}".strip()
    return Note(
        finding.path,
        finding.line,
        _LEVELS[finding.severity],
        bounded(finding.rule, _TITLE, "…"),
        bounded_bytes(message, _MESSAGE) or finding.rule,
    )
