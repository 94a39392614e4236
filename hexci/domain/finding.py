"""One thing that is wrong at one place, as every checker reports it.

Named tuples and no dataclasses: commit hooks wait for this, and `dataclasses` alone takes as long
to import as reading a hundred files.
"""

from collections.abc import Container, Iterable
from enum import StrEnum

from hexci.domain.named_tuple import NamedTuple
from hexci.domain.outcome import Outcome


class Severity(StrEnum):
    """How much a finding weighs. Only `error` fails a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(NamedTuple):
    """A rule that does not hold at a place.

    `path` is relative to the repository root with forward slashes; `line` and `col` count from 1
    (0: the file as a whole). `message` says what is true, `why` the reason of the rule, `fix`
    what to do, as a command where there is one. `identity` is what the fingerprint is made from
    besides rule and path, so that a finding keeps its fingerprint when lines move. `proof` is a
    program that shows it, where there is one.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    col: int
    message: str
    why: str = ""
    fix: str = ""
    identity: str = ""
    proof: str = ""

    @property
    def fingerprint(self) -> str:
        """16 hex digits, stable under moved lines."""
        from hexci.domain.hashing import sha256  # noqa: PLC0415 - most checks find nothing

        text = "\0".join((self.rule, self.path, self.identity or self.message))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of every report: by place, then rule."""
        return (self.path, self.line, self.col, self.rule, self.message)


class Report(NamedTuple):
    """What a checker found, sorted, plus facts (name → text) a reader needs beside it."""

    tool: str
    findings: tuple[Finding, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls, tool: str, findings: Iterable[Finding], facts: Iterable[tuple[str, str]] = ()
    ) -> "Report":
        """A report in the order every writer keeps."""
        return cls(tool, tuple(sorted(findings, key=lambda f: f.sort_key)), tuple(facts))

    def without(self, fingerprints: Container[str]) -> "Report":
        """The report without findings that are known by their fingerprint."""
        kept = tuple(f for f in self.findings if f.fingerprint not in fingerprints)
        return Report(self.tool, kept, self.facts)

    @property
    def outcome(self) -> Outcome:
        """`findings` if anything is an error, else `ok`."""
        failing = any(finding.severity is Severity.ERROR for finding in self.findings)
        return Outcome.FINDINGS if failing else Outcome.OK
