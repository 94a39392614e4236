"""ADR014: who changes governed files does what the decision asks for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.code import CodeChange
from hexci.domain.ledger.governing import governed, path_glob, positive, symbol_of
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

HEEDED = Rule(
    id="ADR014",
    name="heeded",
    title="A change of governed files brings what the decision that governs them asks for.",
    why="Most decisions advise. One that says enforce: ack wants to be read, one that says "
    "enforce: supersede is changed only by deciding anew, and one with verify: must still hold.",
    fix="ack: put the trailer ADR-Ack: ID into a commit. supersede: land the change together with "
    "the accepted successor. verify (run by hexci adr check --verify): make the command pass.",
    bad="a change of src/wire/v1.py, governed with enforce: supersede, and no new decision",
    good="the same change with hexci adr supersede OLD NEW in it",
)
_TRAILER = re.compile(r"^ADR-Ack:[ \t]*(\S+)[ \t]*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heed:
    """What a change brings beside its trees. `words` are its commit messages, None: not yet known.

    `holds` runs a record's evidence on the new side; None: not asked for.
    """

    words: Callable[[], str | None]
    holds: Callable[[Record], bool] | None = None


def judge(step: Step, code: CodeChange, heed: Heed) -> Iterator[Finding]:
    """Findings for decisions in force before the step whose files it changes unheeded.

    Missing words are a warning; a missing decision and evidence that fails are errors.
    """
    for path in sorted(step.old.records):
        record = step.old.records[path]
        level = record.text("enforce")
        proves = heed.holds is not None and record.text("verify")
        if not record.status.in_force or not (level or proves):
            continue
        touched = _touched(record, code)
        if not touched or _decided_anew(step, record):
            continue
        if level == "ack":
            yield from _unread(record, touched[0], heed)
        elif level == "supersede":
            yield _undecided(record, touched[0])
        if proves and heed.holds is not None and not heed.holds(record):
            said = f"`{record.text('verify')}` fails; {record.id} ({record.status}) rests on it"
            fix = (
                f"by mistake?   make it pass again\nnew decision? {_anew(record)}\n"
                f"no longer?    hexci adr deprecate {record.id}"
            )
            yield HEEDED.finding(touched[0], 0, said, fix=fix, identity=f"verify {record.id}")


def _touched(record: Record, code: CodeChange) -> list[str]:
    """Changed paths that the record governs; of `path::symbol` only where the symbol differs."""
    entries = record.items("governs")
    found = {
        path
        for glob in positive(entries)
        for path in governed(path_glob(glob), code.changed, entries)
        if _differs(path, symbol_of(glob), code)
    }
    return sorted(found)


def _differs(path: str, symbol: str, code: CodeChange) -> bool:
    return not symbol or code.before(path, symbol) != code.after(path, symbol)


def _decided_anew(step: Step, record: Record) -> bool:
    """Whether this very step accepts a record that supersedes or amends this one."""
    return any(
        step.newly_accepted(one) and record.id in {*one.items("supersedes"), *one.items("amends")}
        for one in step.touched()
    )


def _unread(record: Record, path: str, heed: Heed) -> Iterator[Finding]:
    words = heed.words()
    if words is not None and record.id in _TRAILER.findall(words):
        return
    said = f"{record.id} ({record.status}) governs this and asks to be acknowledged"
    fix = (
        f"read it:      hexci adr show {record.id}\n"
        f"then say so:  git commit --trailer 'ADR-Ack: {record.id}'"
    )
    # the index has no message yet: what is asked for is said, nothing is missing
    severity = Severity.NOTE if words is None else Severity.WARNING
    yield HEEDED.finding(path, 0, said, fix=fix, severity=severity, identity=f"ack {record.id}")


def _undecided(record: Record, path: str) -> Finding:
    said = f"{record.id} ({record.status}) governs this; it changes only with a new decision"
    fix = f"by mistake?   undo the change of {path}\nnew decision? {_anew(record)}"
    return HEEDED.finding(path, 0, said, fix=fix, identity=f"supersede {record.id}")


def _anew(record: Record) -> str:
    return f'hexci adr new "..." --supersedes {record.id}, and accept it in the same landing'
