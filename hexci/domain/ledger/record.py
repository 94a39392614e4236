"""One decision as a file: read, or what keeps it from being read; and written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hexci.domain.ledger import front_matter
from hexci.domain.ledger.front_matter import KEYS, FrontMatterError, Value
from hexci.domain.ledger.status import Status

_ID = re.compile(r"[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
# `7. Words` and `ADR-7: Words`, as other tools begin a title
_NUMBERED = re.compile(r"\A(?:ADR[- ]?[\d-]+|\d+)[.:]\s+(?=\S)")
_REQUIRED = ("id", "status", "date")
_LARGEST = 1_000_000
# what a change of governed files must bring: a word in a commit, or a new decision
ENFORCE = ("ack", "supersede")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file of the ledger is no record, and where."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """A decision. `header` holds the front matter; `body` all below it, with LF line ends.

    `path` is relative to the repository root. `lines` maps a key to its line in the file;
    `body_line` is the line of the body's first line.
    """

    path: str
    header: Mapping[str, Value]
    body: str
    lines: Mapping[str, int]
    body_line: int

    @property
    def id(self) -> str:
        """The record's name for ever: the stem of its file."""
        return self.text("id")

    @property
    def status(self) -> Status:
        """Where it stands."""
        return Status(self.text("status"))

    @property
    def date(self) -> str:
        """The day it was written, YYYY-MM-DD."""
        return self.text("date")

    @property
    def title(self) -> str:
        """The H1, without a leading number; the id when there is none."""
        for line in self.body.split("\n"):
            if line.startswith("# "):
                return _NUMBERED.sub("", line[2:].strip(), count=1) or self.id
        return self.id

    def text(self, key: str) -> str:
        """A one-word key's value, empty when absent."""
        value = self.header.get(key, "")
        return value if isinstance(value, str) else ""

    def items(self, key: str) -> tuple[str, ...]:
        """A list key's items."""
        value = self.header.get(key, ())
        return value if isinstance(value, tuple) else ()

    def line_of(self, key: str) -> int:
        """The line of a key, 1 when absent."""
        return self.lines.get(key, 1)

    def having(self, **values: Value) -> "Record":
        """The same record with other header values (`superseded_by` for `superseded-by`)."""
        named = {name.replace("_", "-"): value for name, value in values.items()}
        return replace(self, header={**self.header, **named})

    def written(self) -> str:
        """The file in canonical form."""
        return front_matter.write(dict(self.header)) + self.body

    def in_canonical_order(self) -> bool:
        """Whether the keys stand in the order of the format."""
        order = [KEYS.index(key) for key in self.header]
        return order == sorted(order)


def stem_of(path: str) -> str:
    """The file's name without folder and `.md`."""
    return path.rpartition("/")[2].removesuffix(".md")


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id: words joined by `-`, `.` or `_`."""
    return _ID.fullmatch(text) is not None


def read_record(path: str, content: bytes) -> Record | Fault:
    """The record in a file of the ledger, or the fault that keeps it from being one."""
    if len(content) > _LARGEST:
        return Fault(path, 1, f"larger than {_LARGEST:,} bytes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Fault(path, line, "not UTF-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    strange = next((c for c in ("\ufeff", "\r", "\0") if c in text), "")
    if strange:
        line = text[: text.index(strange)].count("\n") + 1
        return Fault(path, line, f"the character U+{ord(strange):04X} may not stand in a record")
    return _read_text(path, text)


def _read_text(path: str, text: str) -> Record | Fault:
    if not text.startswith("---\n"):
        return Fault(path, 1, "no front matter: the first line is not `---`")
    end = text.find("\n---\n", 3)
    if end < 0:
        return Fault(path, 1, "the front matter does not end with a `---` line")
    try:
        head = front_matter.parse(text[4:end])
    except FrontMatterError as error:
        return Fault(path, error.line, error.message)
    body_line = text.count("\n", 0, end + 5) + 1
    record = Record(path, head.values, text[end + 5 :], head.lines, body_line)
    return _fault_in(record) or record


def _fault_in(record: Record) -> Fault | None:
    for key in _REQUIRED:
        if key not in record.header:
            return Fault(record.path, 1, f"the key {key!r} is missing")
    if record.text("status") not in _KNOWN:
        said = record.text("status")
        return Fault(
            record.path, record.line_of("status"), f"{said!r} is no status; one of {_STATUSES}"
        )
    if not _DATE.fullmatch(record.date):
        return Fault(record.path, record.line_of("date"), f"{record.date!r} is not YYYY-MM-DD")
    asked = record.text("enforce")
    if asked and asked not in ENFORCE:
        said = f"{asked!r} is no way to enforce; one of {', '.join(ENFORCE)}"
        return Fault(record.path, record.line_of("enforce"), said)
    for key in ("id", "supersedes", "superseded-by", "amends", "amended-by"):
        for named in record.items(key) or (record.text(key),):
            if named and not is_id(named):
                return Fault(record.path, record.line_of(key), f"{named!r} is no id")
    return None


_KNOWN = frozenset(Status)
_STATUSES = ", ".join(Status)
