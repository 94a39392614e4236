"""ADR006 and ADR007: every file is a record, and every record has a name of its own."""

import re
from collections.abc import Iterable, Iterator

from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.body import card_sentence, open_fence, section, sentences
from hexci.domain.ledger.drafts import PLACEHOLDERS
from hexci.domain.ledger.record import Record, is_id, stem_of
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

UNIQUE_ID = Rule(
    id="ADR006",
    name="unique-id",
    title="A record's id is the stem of its file, and no other record has it or its number.",
    why="Numbers taken on two branches at once merge cleanly and then mean two things. An id is "
    "opaque and never written anew.",
    fix="Name the file as its id. Best is a date and words: hexci adr new 'Words' makes one.",
    bad="0007-use-kafka.md and 0007-use-nats.md, from two branches",
    good="2026-11-21-use-nats.md",
)
PARSED_ALL = Rule(
    id="ADR007",
    name="parsed-all",
    title="Every Markdown file in the ledger's folder is a valid record or is listed as ignored.",
    why="A check that skips what it cannot read is green and blind.",
    fix="Make it a record (hexci adr new shows the form), import it (hexci adr import), or list "
    "it under ledger.ignore in .hexci/config.yaml.",
    bad="**Status:** Accepted (shipped)",
    good="---\nid: 2026-11-21-use-nats\nstatus: accepted\ndate: 2026-11-21\n---",
)
_NUMBER = re.compile(r"(\d{1,6})(?![\d])(?!-\d\d-\d\d)")
_SECTIONS = ("context", "decision", "consequences")


def judge(step: Step) -> Iterator[Finding]:
    """Findings for names that clash, files that are no records, and a ledger that is gone."""
    for path in sorted(step.new.faults):
        fault = step.new.faults[path]
        yield PARSED_ALL.finding(path, fault.line, fault.message)
    yield from _emptiness(step)
    for record in step.touched():
        yield from _name(step, record)
        yield from _form(step, record)
    yield from _clashes(step)


def judge_rivals(step: Step, rivals: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Warnings for added records whose name or number an open pull request adds too.

    `rivals` are (number of the request, path that it adds); which of them lands first decides.
    """
    taken: dict[str, tuple[int, str]] = {}
    for request, path in sorted(rivals):
        if step.policy.holds_record(path):
            for name in _names(path):
                taken.setdefault(name, (request, stem_of(path)))
    for record in step.added():
        found = next((taken[name] for name in _names(record.path) if name in taken), None)
        if found is not None:
            said = f"pull request #{found[0]} adds {found[1]}"
            fix = (
                "which lands first keeps it; then: require branches to be up to date, or use a "
                "merge queue\nfree of clashes: a date and words, ledger.ids: date"
            )
            yield UNIQUE_ID.finding(
                record.path, record.line_of("id"), said, fix=fix, severity=Severity.WARNING
            )


def _emptiness(step: Step) -> Iterator[Finding]:
    if step.old.records and not step.new.records and not step.new.faults:
        said = f"{len(step.old.records)} records in {step.base}, none now"
        fix = "Put the folder back. A ledger moves only by hexci adr adopt in a new folder."
        yield PARSED_ALL.finding(step.policy.folder, 0, said, fix=fix)


def _name(step: Step, record: Record) -> Iterator[Finding]:
    stem = stem_of(record.path)
    line = record.line_of("id")
    if record.id != stem:
        yield UNIQUE_ID.finding(record.path, line, f"the id is {record.id!r}, the file {stem!r}")
    elif not is_id(stem):
        yield UNIQUE_ID.finding(record.path, line, f"{stem!r} is no id")
    if record.path != step.policy.path_of(stem):
        said = f"records lie directly in {step.policy.folder}"
        yield PARSED_ALL.finding(record.path, 0, said)


def _form(step: Step, record: Record) -> Iterator[Finding]:
    epochs = [epoch.name for epoch in step.policy.epochs]
    epoch = record.text("epoch")
    before = step.old.records.get(record.path)
    if epoch and epoch not in epochs and (before is None or before.text("epoch") != epoch):
        said = f"the epoch {epoch!r} is not declared; declared: {', '.join(epochs) or 'none'}"
        yield PARSED_ALL.finding(record.path, record.line_of("epoch"), said)
    opened = open_fence(record.body)
    if opened is not None and (before is None or not before.status.decided):
        line = record.body_line + opened
        yield PARSED_ALL.finding(record.path, line, "this code fence never ends")
    if step.adopting or not step.newly_accepted(record):
        return
    lines = record.body.split("\n")
    unwritten = next((n for n, line in enumerate(lines) if line in PLACEHOLDERS), None)
    if unwritten is not None:
        line = record.body_line + unwritten
        said = f"{record.status}, but this is still the draft's own sentence"
        yield PARSED_ALL.finding(record.path, line, said, fix=_SECTION_FIX)
    missing = [name for name in _SECTIONS if section(record.body, name) is None]
    if missing:
        said = f"{record.status} without a section: {', '.join(n.title() for n in missing)}"
        yield PARSED_ALL.finding(record.path, record.body_line, said, fix=_SECTION_FIX)
    elif not card_sentence(record.body):
        said = "the Decision section says nothing"
        yield PARSED_ALL.finding(record.path, record.body_line, said, fix=_SECTION_FIX)
    elif sentences(card_sentence(record.body)) > 2:
        said = "the first paragraph of Decision is its card: more than two sentences"
        yield PARSED_ALL.finding(
            record.path, record.body_line, said, fix=_SECTION_FIX, severity=Severity.WARNING
        )


_SECTION_FIX = (
    "A decision that binds has ## Context, ## Decision and ## Consequences; the first paragraph "
    "of Decision says it in one or two sentences."
)


def _clashes(step: Step) -> Iterator[Finding]:
    added = [record.path for record in step.added()]
    if not added:
        return
    by_name: dict[str, list[str]] = {}
    for path in sorted(step.new.records):
        for name in _names(path):
            by_name.setdefault(name, []).append(path)
    for path in added:
        for name in _names(path):
            others = [other for other in by_name[name] if other != path]
            if others:
                said = f"{name} is also {stem_of(others[0])}"
                yield UNIQUE_ID.finding(path, step.new.records[path].line_of("id"), said)


def _names(path: str) -> Iterator[str]:
    """What must be unique: the id whatever its case, and the number it begins with."""
    stem = stem_of(path).lower()
    yield stem
    number = _NUMBER.match(stem)
    if number:
        yield f"number {int(number[1])}"
