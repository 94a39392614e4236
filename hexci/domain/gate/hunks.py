"""A change cut into hunks, and hunks into lines: any selection of them is a change again."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hexci.domain.change import ChangeKind, FileChange

# Longer files are not cut: difflib would take seconds for each.
_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Hunk:
    """One difference of one file: lines `start` to `stop` of its base become `lines`.

    `whole` stands for a file that is added, deleted, binary or too long to cut.
    """

    path: str
    start: int
    stop: int
    lines: tuple[bytes, ...]
    whole: bool = False


def hunks_of(files: Sequence[FileChange]) -> list[Hunk]:
    """Every hunk of `files`, by path and place."""
    return [hunk for file in sorted(files, key=lambda f: f.path) for hunk in _cut(file)]


def lines_of(hunks: Sequence[Hunk]) -> list[Hunk]:
    """The same differences, one removed or added line each; whole files stay whole."""
    return [part for hunk in hunks for part in ([hunk] if hunk.whole else _by_line(hunk))]


def selected(files: Sequence[FileChange], hunks: Collection[Hunk]) -> Mapping[str, bytes | None]:
    """What each file holds when only `hunks` of its differences are taken: None is no file."""
    chosen: dict[str, list[Hunk]] = {file.path: [] for file in files}
    for hunk in hunks:
        chosen[hunk.path].append(hunk)
    return {file.path: _applied(file, chosen[file.path]) for file in files}


def _cut(file: FileChange) -> list[Hunk]:
    before, after = file.before, file.after
    if file.kind is not ChangeKind.MODIFIED or before is None or after is None:
        return [Hunk(file.path, 0, 0, (), whole=True)]
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if b"\0" in before + after or max(len(old), len(new)) > _MOST_LINES or old == new:
        return [Hunk(file.path, 0, 0, (), whole=True)]
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Hunk(file.path, a, b, tuple(new[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _by_line(hunk: Hunk) -> list[Hunk]:
    """Line for line where both sides have one; what is left over after them."""
    removed, added = hunk.stop - hunk.start, len(hunk.lines)
    both = min(removed, added)
    pairs = [
        Hunk(hunk.path, hunk.start + n, hunk.start + n + 1, hunk.lines[n : n + 1])
        for n in range(both)
    ]
    gone = [Hunk(hunk.path, n, n + 1, ()) for n in range(hunk.start + both, hunk.stop)]
    new = [Hunk(hunk.path, hunk.stop, hunk.stop, (line,)) for line in hunk.lines[both:]]
    return [*pairs, *gone, *new]


def _applied(file: FileChange, hunks: Sequence[Hunk]) -> bytes | None:
    if any(hunk.whole for hunk in hunks):
        return file.after
    if not hunks:
        return file.before
    old = (file.before or b"").splitlines(keepends=True)
    made: list[bytes] = []
    at = 0
    # added lines at one place keep the order in which they were cut
    for hunk in sorted(hunks, key=lambda h: (h.start, h.stop)):
        made += [*old[at : hunk.start], *hunk.lines]
        at = hunk.stop
    return b"".join([*made, *old[at:]])
