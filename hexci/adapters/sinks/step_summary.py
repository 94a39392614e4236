"""A step summary: grade, coverage, the picture, the first findings. Under 1 MiB, as GitHub asks."""

from hexci.adapters.sinks.diagrams import mermaid
from hexci.adapters.sinks.text import place
from hexci.domain.boundaries.picture import Picture
from hexci.domain.finding import Report, Severity

_MOST = 50  # findings; the log and the SARIF file have them all


def summary(picture: Picture, report: Report) -> str:
    """Markdown."""
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    many = "1 violation" if len(errors) == 1 else f"{len(errors)} violations"
    title = many if errors else "no new violation"
    lines = [f"### hexci analyze: {title}", ""]
    lines += [f"- {name}: {_inline(value)}" for name, value in report.facts]
    lines += ["", "```mermaid", mermaid(picture, report).rstrip(), "```", ""]
    if errors:
        lines += ["| where | rule | what |", "| --- | --- | --- |"]
        lines += [f"| {_cell(place(f))} | {f.rule} | {_cell(f.message)} |" for f in errors[:_MOST]]
        if len(errors) > _MOST:
            lines.append(f"\nand {len(errors) - _MOST} more")
    return "\n".join(lines) + "\n"


def _inline(text: str) -> str:
    return text.replace("\n", " ").replace("<", "&lt;").replace("`", "'")


def _cell(text: str) -> str:
    return f"`{_inline(text)[:500].replace('|', chr(0xA6))}`"
