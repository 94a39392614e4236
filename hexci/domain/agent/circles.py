"""Whether an agent goes in circles: an edit that the next one takes back."""

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher

# (path, `+` or `-`, the line) with how often
Edit = Counter[tuple[str, str, bytes]]
Files = Mapping[str, bytes | None]

UNDONE = 0.7


def edit_of(before: Files, after: Files) -> Edit:
    """The lines that stand in `after` instead of those in `before`; None is no file."""
    edit: Edit = Counter()
    for path in before.keys() | after.keys():
        old, new = _lines(before.get(path)), _lines(after.get(path))
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                edit.update((path, "-", line) for line in old[a:b])
                edit.update((path, "+", line) for line in new[c:d])
    return edit


def undone(first: Edit, second: Edit, third: Edit) -> float:
    """How much of the step from `first` to `second` the step to `third` takes back, 0 to 1.

    All three are edits of the same base. An edit that was refused is taken back as a whole, so
    beginning anew is no circle: it is one when what `second` gave up is back *and* what it
    brought is gone.
    """
    gone, brought = first - second, second - first
    back = (gone & third).total() / gone.total() if gone else 0.0
    dropped = (brought - third).total() / brought.total() if brought else 0.0
    return min(back, dropped)


def _lines(content: bytes | None) -> list[bytes]:
    return content.splitlines() if content is not None else []
