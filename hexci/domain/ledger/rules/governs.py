"""ADR008: a decision that says what it governs governs something, and not everything."""

from collections.abc import Iterator

from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.code import CodeChange
from hexci.domain.ledger.governing import governed, path_glob, positive, symbol_of
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

GOVERNS_RESOLVES = Rule(
    id="ADR008",
    name="governs-resolves",
    title="Each governs glob of a record that is accepted matches a tracked file, and not most.",
    why="A glob without a file never surfaces the decision; one over everything surfaces it "
    "always, and nobody reads it.",
    fix="Name the folders or files that the decision is about. Leave governs out when it is "
    "about none.",
    bad='governs: ["**"]',
    good='governs: [src/storage/**, "!src/storage/generated/**", "src/api.py::Router.match"]',
)
# below this many files a share in percent says nothing
_FEW = 10


def judge(step: Step, code: CodeChange) -> Iterator[Finding]:
    """Findings for globs of newly accepted records, and for the loss of what a glob matched."""
    for record in step.touched():
        if not step.newly_accepted(record):
            continue
        if record.items("governs"):
            yield from _globs(step, record, code)
        elif record.text("enforce"):
            said = "enforce asks for nothing: the record governs nothing"
            yield GOVERNS_RESOLVES.finding(record.path, record.line_of("enforce"), said)
    if code.changed:
        yield from _losses(step, code)


def _globs(step: Step, record: Record, code: CodeChange) -> Iterator[Finding]:
    files, entries = code.files(), record.items("governs")
    most, line = step.policy.breadth, record.line_of("governs")
    for glob in positive(entries):
        matched = governed(path_glob(glob), files, entries)
        found, said, symbol = len(matched), "", symbol_of(glob)
        if not found:
            said = f"{glob!r} matches no tracked file"
        elif found == len(files) or (found > _FEW and found * 100 > most * len(files)):
            share = round(100 * found / len(files))
            said = f"{glob!r} matches {found} of {len(files)} files ({share} %, limit {most} %)"
        elif symbol and not any(code.after(path, symbol) is not None for path in matched):
            said = f"no definition of {symbol!r} in {', '.join(matched[:3])}"
        if said:
            yield GOVERNS_RESOLVES.finding(record.path, line, said)
    if not positive(entries):
        yield GOVERNS_RESOLVES.finding(record.path, line, "every entry takes paths out, none in")


def _losses(step: Step, code: CodeChange) -> Iterator[Finding]:
    for path in sorted(step.new.records):
        record = step.new.records[path]
        if not record.status.in_force:
            continue
        entries = record.items("governs")
        for glob in positive(entries):
            lost, what = _lost(glob, entries, code)
            if lost:
                said = f"{what} that {record.id} governs by {glob!r} goes away"
                fix = (
                    f"moved?        hexci adr new ... --supersedes {record.id}, with the new path\n"
                    f"given up?     hexci adr deprecate {record.id}"
                )
                yield GOVERNS_RESOLVES.finding(lost, 0, said, fix=fix, severity=Severity.WARNING)


def _lost(glob: str, entries: tuple[str, ...], code: CodeChange) -> tuple[str, str]:
    """The path where a glob loses its last file or its symbol, and which of them; or nothing."""
    whole, symbol = path_glob(glob), symbol_of(glob)
    gone = governed(whole, code.gone, entries)
    if gone and not governed(whole, code.files(), entries):
        return gone[0], "the last file"
    if not symbol:
        return "", ""
    had = [p for p in governed(whole, code.changed, entries) if code.before(p, symbol) is not None]
    files = governed(whole, code.files(), entries) if had else []
    left = any(code.after(path, symbol) is not None for path in files)
    return (had[0], "the definition") if had and not left else ("", "")
