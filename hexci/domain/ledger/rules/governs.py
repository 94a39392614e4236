"""ADR008: a decision that says what it governs governs something, and not everything."""

from collections.abc import Iterator

from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.code import CodeChange
from hexci.domain.ledger.governing import governed
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
    good="governs: [src/storage/**]",
)
# below this many files a share in percent says nothing
_FEW = 10


def judge(step: Step, code: CodeChange) -> Iterator[Finding]:
    """Findings for globs of newly accepted records, and for the loss of a glob's last file."""
    for record in step.touched():
        if step.newly_accepted(record) and record.items("governs"):
            yield from _globs(step, record, code.files())
    if code.gone:
        yield from _losses(step, code)


def _globs(step: Step, record: Record, files: tuple[str, ...]) -> Iterator[Finding]:
    most = step.policy.breadth
    line = record.line_of("governs")
    for glob in record.items("governs"):
        found = len(governed(glob, files))
        if not found:
            said = f"{glob!r} matches no tracked file"
            yield GOVERNS_RESOLVES.finding(record.path, line, said)
        elif found == len(files) or (found > _FEW and found * 100 > most * len(files)):
            share = round(100 * found / len(files))
            said = f"{glob!r} matches {found} of {len(files)} files ({share} %, limit {most} %)"
            yield GOVERNS_RESOLVES.finding(record.path, line, said)


def _losses(step: Step, code: CodeChange) -> Iterator[Finding]:
    for path in sorted(step.new.records):
        record = step.new.records[path]
        if not record.status.in_force:
            continue
        for glob in record.items("governs"):
            lost = governed(glob, code.gone)
            if lost and not governed(glob, code.files()):
                said = f"the last file that {record.id} governs by {glob!r} goes away"
                fix = (
                    f"moved?        hexci adr new ... --supersedes {record.id}, with the new path\n"
                    f"given up?     hexci adr deprecate {record.id}"
                )
                yield GOVERNS_RESOLVES.finding(lost[0], 0, said, fix=fix, severity=Severity.WARNING)
