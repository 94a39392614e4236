"""One change of a release taken back: the bug that this change fixed, and no other difference."""

from dataclasses import dataclass
from difflib import SequenceMatcher

_NEAR = 2  # unchanged lines between two changes that still are one


@dataclass(frozen=True, slots=True)
class LineChange:
    """Lines `new` (a half-open range) of the newer text stand where `old` were, as text."""

    new: tuple[int, int]
    old: tuple[str, ...]


def changes_between(old: str, new: str) -> tuple[LineChange, ...]:
    """The changes that lead from `old` to `new`, in order; those close together are one."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    merged: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if merged and k - merged[-1][3] <= _NEAR:
            first = merged.pop()
            merged.append((first[0], j, first[2], m))
        else:
            merged.append((i, j, k, m))
    return tuple(LineChange((k, m), tuple(before[i:j])) for i, j, k, m in merged)


def without_change(old: str, new: str, number: int) -> str:
    """`new` with its change `number` (from 0) taken back. Raises IndexError when it has none."""
    change = changes_between(old, new)[number]
    lines = new.splitlines(keepends=True)
    first, last = change.new
    return "".join([*lines[:first], *change.old, *lines[last:]])
