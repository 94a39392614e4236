"""The baseline: known violations, one a line, sorted, so that two branches merge by themselves.

    HX001 shop.domain.order -> shop.adapters.db  # moved in the next release

No line numbers: an entry lives as long as the violation, wherever it moves in its file.
"""

from collections.abc import Iterable, Mapping

from hexci.domain.boundaries.violations import Violation
from hexci.domain.named_tuple import NamedTuple
from hexci.errors import BadInputError

_HEADER = "# Known boundary violations. `hexci analyze --update-baseline` writes this file.\n"
Key = tuple[str, str, str]


class Entry(NamedTuple):
    """One known violation, why it is known, and its line in the file."""

    rule: str
    source: str
    target: str
    reason: str = ""
    line: int = 0

    @property
    def key(self) -> Key:
        """As `Violation.key`."""
        return (self.rule, self.source, self.target)


def parse(text: str, path: str) -> dict[Key, Entry]:
    """The entries of a baseline file. Raises BadInputError with the line of one it cannot read."""
    entries: dict[Key, Entry] = {}
    for number, line in enumerate(text.splitlines(), 1):
        body, _, reason = line.partition("  #")
        if not body.strip() or body.startswith("#"):
            continue
        rule, _, rest = body.strip().partition(" ")
        source, arrow, target = rest.partition(" -> ")
        if not arrow or not target:
            raise BadInputError(
                f"{path}:{number}:1: not a baseline entry: {line.strip()[:80]!r}",
                "Run: hexci analyze --update-baseline",
            )
        entry = Entry(rule, source.strip(), target.strip(), reason.strip(), number)
        entries[entry.key] = entry
    return entries


def render(keys: Iterable[Key], known: Mapping[Key, Entry], reason: str) -> str:
    """The file for these violations; known ones keep their reason."""
    lines = []
    for key in sorted(set(keys)):
        said = known[key].reason if key in known else reason
        rule, source, target = key
        lines.append(f"{rule} {source} -> {target}" + (f"  # {said}" if said else "") + "\n")
    return _HEADER + "".join(lines)


def updated(
    violations: Iterable[Violation], known: Mapping[Key, Entry], reason: str
) -> tuple[str, str]:
    """The file for these violations, and what changes in words.

    Raises BadInputError when entries are new and no reason is given for them.
    """
    keys = {violation.key for violation in violations}
    added, gone = len(keys - known.keys()), len(known.keys() - keys)
    if added and not reason.strip():
        raise BadInputError(
            f"{added} new entries need a reason", "Say why: --update-baseline --reason '…'"
        )
    return render(keys, known, reason.strip()), f"{added} added, {gone} removed, {len(keys)} in all"
