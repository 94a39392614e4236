"""Taking over a ledger that another tool kept: rewritten once, then adopted."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.ledger.foreign.reading import Foreign, read_foreign
from hexci.domain.ledger.foreign.rewriting import Rewritten, importable, rewrite
from hexci.domain.ledger.index import render_index
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Record, read_record, stem_of
from hexci.domain.ledger.rules.shape import PARSED_ALL
from hexci.domain.ledger.rules.table import judge_ledger
from hexci.domain.ledger.step import Step
from hexci.errors import BadInputError
from hexci.ports.ledger import LedgerDesk
from hexci.usecases.change_record import Writing

_NOTE = Severity.NOTE
_NO_STATUS = (
    "a record?     hexci adr import FOLDER --without-status accepted\n"
    "no record?    move it elsewhere, or call it README.md"
)
_MEND = "Mend the file, or move it elsewhere, and import again."
_LOOK = "look at it once: hexci adr show {}"
_IGNORED = frozenset({"readme", "index", "template", "toc", "adr-template"})


def import_ledger(  # noqa: PLR0913 - what the verb is asked
    files: Mapping[str, bytes | None],
    *,
    policy: LedgerPolicy,
    today: str,
    taken: Mapping[str, bytes | None],
    desk: LedgerDesk | None,
    missing: str = "",
) -> Report:
    """Rewrites every foreign record of `files` into the ledger's folder; all or nothing.

    `taken` are the files that are there already; without a `desk` nothing is written. A file
    whose status is not understood is an error: it is never guessed. `missing` is the status of
    those that say none; empty: they are errors too.
    """
    wanted = {path: content for path, content in files.items() if _is_candidate(path)}
    if not wanted:
        raise BadInputError("there is no Markdown file to import", "Name the records' folder.")
    found, problems = _read(wanted, missing)
    if not (found or problems):
        raise BadInputError(
            f"nothing to rewrite: all {len(wanted)} files are records of this form already",
            "Take them over as they are: hexci adr adopt",
        )
    done = rewrite(found, policy.folder, today)
    problems += [_clash(one) for one in done if _taken(one, taken, wanted)]
    notes = [
        PARSED_ALL.finding(
            one.record.path, 0, note, fix=_LOOK.format(one.record.id), severity=_NOTE
        )
        for one in done
        for note in one.notes
    ]
    if problems:
        return Report.of("adr", [*problems, *notes], [("nothing written", "see the errors")])
    edit: dict[str, bytes | None] = {
        path: None for path in wanted if policy.is_inside(path) and _readable(path, wanted) is None
    }
    edit |= {one.record.path: one.record.written().encode() for one in done}
    if desk is not None:
        desk.write(edit)
    verb = "written" if desk is not None else "would write"
    return Report.of("adr", notes, _told(done, found, verb))


def adopt_ledger(
    config: bytes | None,
    commit: str,
    *,
    writing: Writing,
    read_policy: Callable[[bytes], LedgerPolicy],
    desk: LedgerDesk,
) -> Report:
    """Writes `adopted: COMMIT` into the config and the index beside the records.

    What the ledger breaks today is listed as notes, once. Raises BadInputError when it is adopted
    already or holds files that cannot be read.
    """
    if writing.base_policy.adopted or writing.work_policy.adopted:
        raise BadInputError("the ledger is adopted already", f"See {CONFIG_PATH}.")
    text = with_adoption(config, commit)
    policy = read_policy(text)
    if policy.adopted != commit:
        raise BadInputError(
            f"{CONFIG_PATH} has another form than expected; nothing was written",
            f"Write it by hand below spec: ledger: {{adopted: {commit}}}",
        )
    adopting = replace(writing, work_policy=policy)
    if not adopting.adopting:
        raise BadInputError(
            f"{adopting.base} has decided records already: there is nothing to adopt",
            "Without an adoption point the rules apply from the first commit.",
        )
    ledger = adopting.now()
    index = render_index(ledger.records.values(), policy, adopting.before.index)
    paths = sorted({*ledger.records, *ledger.faults})
    whole = replace(ledger, index=index)
    step = Step(adopting.before, whole, tuple(paths), policy, adopting=True, base=writing.base)
    findings = list(judge_ledger(step))
    written = {CONFIG_PATH: text, policy.index_path: index.encode()}
    facts = [("written", path) for path in written]
    if any(f.severity is Severity.ERROR for f in findings):
        facts = [("nothing written", "first make every file a record: hexci adr import FOLDER")]
    else:
        desk.write(written)
    return Report.of("adr", findings, facts)


def with_adoption(config: bytes | None, commit: str) -> bytes:
    """The config's text with the adoption point, everything else as it was."""
    line = f"    adopted: {commit}\n"
    if config is None or not config.strip():
        return f"kind: Config\nspec:\n  ledger:\n{line}".encode()
    text = config.decode("utf-8", "surrogateescape")
    text = text if text.endswith("\n") else text + "\n"
    if re.search(r"^  ledger:[ ]*$", text, re.MULTILINE):
        text = re.sub(r"^(  ledger:[ ]*\n)", rf"\g<1>{line}", text, count=1, flags=re.MULTILINE)
    elif re.search(r"^spec:[ ]*$", text, re.MULTILINE):
        text = re.sub(
            r"^(spec:[ ]*\n)", rf"\g<1>  ledger:\n{line}", text, count=1, flags=re.MULTILINE
        )
    else:
        text += f"spec:\n  ledger:\n{line}"
    return text.encode("utf-8", "surrogateescape")


def _is_candidate(path: str) -> bool:
    stem = stem_of(path.lower())
    return path.lower().endswith(".md") and stem not in _IGNORED


def _read(wanted: Mapping[str, bytes | None], missing: str) -> tuple[list[Foreign], list[Finding]]:
    found: list[Foreign] = []
    problems: list[Finding] = []
    for path, content in sorted(wanted.items()):
        if _readable(path, wanted) is not None:
            continue  # it is a record of ours already
        said = _said_of(path, content, found, missing)
        if said:
            fix = _NO_STATUS if said.startswith("no status") else _MEND
            problems.append(PARSED_ALL.finding(path, 0, said, fix=fix))
    return found, problems


def _said_of(path: str, content: bytes | None, found: list[Foreign], missing: str) -> str:
    """Reads one file into `found`; what is wrong, when it cannot be."""
    try:
        text = (content or b"").decode("utf-8")
    except UnicodeDecodeError:
        return "not UTF-8"
    if content is None:
        return "no plain file"
    stem = stem_of(path)
    one = read_foreign(stem, text, missing)
    if one is None:
        return "no status was found: not a record, or of an unknown form"
    if one.status is None:
        return f"the status {one.status_text!r} is none that is known"
    if not importable(stem):
        return f"{stem!r} cannot be an id: letters, digits, `-`, `.` and `_` only"
    if any(other.stem == stem for other in found):
        return f"two files are called {stem}"
    found.append(one)
    return ""


def _readable(path: str, files: Mapping[str, bytes | None]) -> Record | None:
    content = files.get(path)
    read = read_record(path, content) if content is not None else None
    return read if isinstance(read, Record) else None


def _taken(
    one: Rewritten, taken: Mapping[str, bytes | None], wanted: Mapping[str, bytes | None]
) -> bool:
    return one.record.path in taken and one.record.path not in wanted


def _clash(one: Rewritten) -> Finding:
    return PARSED_ALL.finding(one.record.path, 0, "a file of this name is there already")


def _told(done: list[Rewritten], found: list[Foreign], verb: str) -> Iterator[tuple[str, str]]:
    dialects = sorted({one.dialect for one in found})
    yield verb, f"{len(done)} records, read as {', '.join(dialects)}"
    counts: dict[str, int] = {}
    for one in done:
        counts[str(one.record.status)] = counts.get(str(one.record.status), 0) + 1
    yield "status", ", ".join(f"{n} {status}" for status, n in sorted(counts.items()))
    yield "next", "hexci adr adopt, then commit (originals in another folder stay: remove them)"
