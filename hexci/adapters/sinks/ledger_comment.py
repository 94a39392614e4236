"""The pull request's one comment on decisions: byte-stable, bounded, empty when there is nothing.

The marker is the first line, so that the comment is found and updated in place. The comment
never decides: the exit code does.
"""

from collections.abc import Mapping, Sequence

from hexci.adapters.sinks.markdown import plain
from hexci.domain.finding import Finding, Report
from hexci.domain.ledger.cards import Brief, Card

MARKER = "<!-- hexci:adr -->"
_MOST_CARDS = 8
_MOST_FINDINGS = 20
# GitHub takes 65,536 characters
_LONGEST = 60_000


def render(report: Report, brief: Brief, moving: Mapping[str, str]) -> str:
    """The comment's body, or an empty text when the comment should go.

    `moving` says of records by id that they are about to be replaced, and by what.
    """
    if not (report.findings or brief.cards):
        return ""
    parts = [MARKER]
    if report.findings:
        parts += ["### Ledger", "", *_findings(report.findings), ""]
    if brief.cards:
        parts += ["### Decisions that govern this change", ""]
        parts += [_card(card, moving) for card in brief.cards[:_MOST_CARDS]] + [""]
        parts += _fold("more", [_card(card, moving) for card in brief.cards[_MOST_CARDS:]])
        parts += _fold("proposed", [_card(card, moving) for card in brief.proposals])
        parts += _fold("given up before", [_grave(card) for card in brief.graveyard])
    text = "\n".join(parts).rstrip("\n") + "\n"
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rpartition("\n")[0] + "\n\n… cut; see the job's log\n"
    return text


def _findings(findings: Sequence[Finding]) -> list[str]:
    lines = [
        f"- `{_code(f.path)}{f':{f.line}' if f.line else ''}` **{f.rule}** {_said(f)}"
        for f in findings[:_MOST_FINDINGS]
    ]
    more = len(findings) - _MOST_FINDINGS
    return [*lines, f"- and {more} more"] if more > 0 else lines


def _said(finding: Finding) -> str:
    return _plain(": ".join(finding.message.splitlines()))


def _card(card: Card, moving: Mapping[str, str]) -> str:
    shown = [f"- **{_plain(card.title)}** (`{_code(card.id)}`, {card.status})"]
    shown += [f"  {_plain(card.sentence)}"] if card.sentence else []
    paths = ", ".join(f"`{_code(path)}`" for path in card.matched[:3])
    more = f" and {len(card.matched) - 3} more" if len(card.matched) > 3 else ""
    shown.append(f"  touches {paths}{more} by `{_code(card.glob)}`")
    if card.verify:
        shown.append(f"  {_plain(card.proven) or f'`{_code(card.verify)}` was not run yet'}")
    if card.id in moving:
        shown.append(f"  {_plain(moving[card.id])}")
    return "\n".join(shown)


def _grave(card: Card) -> str:
    return f"- {_plain(card.title)} (`{_code(card.id)}`, {card.status})"


def _fold(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    return [f"<details><summary>{len(lines)} {title}</summary>", "", *lines, "", "</details>", ""]


def _plain(text: str) -> str:
    """Text that pings nobody, links nothing and starts no markup."""
    return plain(text, _LONGEST)


def _code(text: str) -> str:
    return "".join(c if c.isprintable() and c != "`" else "?" for c in text)
