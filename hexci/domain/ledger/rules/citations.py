"""ADR009: what a change cites exists and is not dead."""

import re
from collections.abc import Iterator

from hexci.domain.finding import Finding, Severity
from hexci.domain.globs import matches
from hexci.domain.ledger.cards import live_tip
from hexci.domain.ledger.code import AddedLine, CodeChange
from hexci.domain.ledger.record import is_id
from hexci.domain.ledger.status import Status
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

CITATION_RESOLVES = Rule(
    id="ADR009",
    name="citation-resolves",
    title="A record cited on an added line exists and is neither superseded nor rejected.",
    why="People and agents follow a citation. One to nowhere teaches them to ignore all; one to "
    "a dead decision makes them follow it.",
    fix="Cite the record that holds now: hexci adr list.",
    bad="# adr: 2026-03-22-redis-state      (superseded)",
    good="# adr: 2026-11-21-state-in-git",
)
# `adr: id` after something that begins a comment
_TOKEN = re.compile(
    r"(?:#|//|/\*|\*|--|;|%|<!--|\"\"\").*?\badr:[ ]?([A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)+)"
)
_DEAD = frozenset({Status.SUPERSEDED, Status.REJECTED, Status.ABANDONED})


def judge(step: Step, code: CodeChange) -> Iterator[Finding]:
    """Findings for citations on the change's added lines."""
    link = re.compile(
        r"(?<![\w/])(?:[./\w-]*/)?" + re.escape(step.policy.folder) + r"/([\w.-]+?)\.md\b"
    )
    for line in code.added:
        if matches(line.path, step.policy.uncited) or line.path == step.policy.index_path:
            continue
        for cited in _cited(line, link, step):
            yield from _citation(step, line, cited)


def _cited(line: AddedLine, link: re.Pattern[str], step: Step) -> list[str]:
    found = _TOKEN.findall(line.text) + link.findall(line.text)
    if step.policy.is_inside(line.path):
        found += re.findall(r"\]\(([\w.-]+?)\.md(?:#[^)]*)?\)", line.text)
    names = {cited.removesuffix(".md") for cited in found}
    policy = step.policy
    return sorted(n for n in names if is_id(n) and policy.holds_record(policy.path_of(n)))


def _citation(step: Step, line: AddedLine, cited: str) -> Iterator[Finding]:
    record = step.after(cited)
    if record is None:
        if step.policy.path_of(cited) in step.new.faults:
            return
        said = f"{cited} is not in {step.policy.folder}"
        # a ledger that is taken over brings its dead links along: debt, told once
        debt = step.adopting and step.policy.is_inside(line.path)
        severity = Severity.NOTE if debt else Severity.ERROR
        yield CITATION_RESOLVES.finding(
            line.path, line.line, said, severity=severity, identity=cited
        )
    elif record.status in _DEAD and not step.policy.is_inside(line.path):
        live = live_tip(step.new.records, record)
        said = f"{cited} is {record.status}"
        fix = "Cite no record here, or the one that holds now: hexci adr list"
        if live is not None and live.id != cited:
            said += f"; {live.id} holds now"
            fix = f"adr: {live.id}"
        yield CITATION_RESOLVES.finding(line.path, line.line, said, fix=fix, identity=cited)
