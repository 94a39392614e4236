"""Which imports an edit adds and takes away, where it is made of whole import lines.

That is what most edits of imports are. Where the lines stand and what stands around them shows
that the scanner would say so too; it is not asked, since loading it takes longer than all else
that a commit hook does then. Whatever is not plain is left to it.
"""

from hexci.domain.boundaries.python.keywords import KEYWORDS
from hexci.domain.boundaries.python.tails import MARK, are_docstrings, are_plain, common_start

_LAZY = (b"lazy import", b"lazy from", b"lazy  ", b"lazy\t")
_OTHER_WAYS = (b"import_module", b"__import__", *_LAZY, MARK)
_REMNANTS = (b"print ", b"<<<<<<< ")
# what cannot stand inside parentheses, nor go on with what stands above it
_FRESH = (b"import ", b"from ", b"class ", b"@")
_FRESH_UNLESS_ELSE = (b"def ", b"async def ")


def edited_imports(old: bytes, new: bytes, *, may_move: bool) -> tuple[list[str], list[str]] | None:
    """The specs that `old` has and `new` has not, and the other way round; None: ask the scanner.

    For files that the scanner could read. Unless they `may_move`, the other imports stand where
    they stood.
    """
    if not are_plain(old, new) or any(word in old or word in new for word in _OTHER_WAYS):
        return None
    start, tail = _same_lines(old, new)
    gone = _specs_of(old[start : len(old) - tail])
    come = _specs_of(new[start : len(new) - tail])
    if gone is None or come is None:
        return None
    if not _stands_free(new, start, tail):
        return None
    if b"import" not in old and any(word in new for word in _REMNANTS):
        return None  # nobody has looked yet whether this is Python 3
    moved = b"import" in new[len(new) - tail :] or not set(gone).isdisjoint(come)
    return None if moved and not may_move else (gone, come)


def _same_lines(old: bytes, new: bytes) -> tuple[int, int]:
    """The lengths of the lines that both begin with, and that both end with."""
    start = new.rfind(b"\n", 0, common_start(old, new)) + 1
    tail = common_start(old[:start:-1] + old[start:][:1], new[:start:-1] + new[start:][:1])
    if not all(len(text) - tail == start or text[-tail - 1] == 10 for text in (old, new)):
        at = new.find(b"\n", len(new) - tail)
        tail = len(new) - at - 1 if at >= 0 else 0
    return start, tail


def _stands_free(data: bytes, start: int, tail: int) -> bool:
    """Whether the lines between `start` and the tail are statements, and leave others alone.

    Then nothing above them is cut in two, no string is open there or at the last import, and what
    stands below them stood below something else before.
    """
    if data[max(0, start - 2) : start] == b"\\\n":
        return False
    last = data.rfind(b"import")
    for at in (start, last):
        if at > 0 and not _outside_strings(data, at):
            return False
    below = _first_code(data[len(data) - tail :])
    if below.startswith(_FRESH_UNLESS_ELSE) and b"\nel" in below:
        return False
    if not below or below.startswith((*_FRESH, *_FRESH_UNLESS_ELSE)) or _sets_a_name(below):
        # a condition over several lines looks for this word some way ahead of it
        return b"TYPE_CHECKING" not in below or data.find(b"if ", 0, start) < 0
    return False


def _first_code(text: bytes) -> bytes:
    """`text` from its first line that is neither blank nor a comment; indented, if that is."""
    at = 0
    while at < len(text):
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].strip(b" \t\f")
        if line and line[:1] != b"#":
            return text[at:]
        at = end + 1
    return b""


def _sets_a_name(below: bytes) -> bool:
    name, _, _ = below.partition(b"\n")[0].partition(b" = ")
    return name.replace(b"_", b"a").isalnum() and name.isascii() and name != below


def _outside_strings(data: bytes, at: int) -> bool:
    return data.find(b"'''", 0, at) < 0 and (
        data.find(b'"""', 0, at) < 0 or are_docstrings(data, at)
    )


def _specs_of(region: bytes) -> list[str] | None:
    """The specs of lines that each hold one plain import or nothing; None when one does not."""
    if not region.isascii():
        return None
    specs: list[str] = []
    for line in region.decode("ascii").split("\n"):
        if not line:
            continue
        if line.startswith("import "):
            found = [_bare(part) for part in line[7:].split(",")]
            dotted = found
        elif line.startswith("from "):
            module, _, rest = line[5:].partition(" import ")
            names = ["*"] if rest == "*" else [_bare(part) for part in rest.split(",")]
            absolute = module.lstrip(".")
            dotted = [*(name for name in names if name != "*"), *([absolute] if absolute else [])]
            if any("." in name for name in names) or not module:
                return None
            found = [f"{module}:{','.join(names)}"]
        else:
            return None
        if not all(_is_name(name) for name in dotted):
            return None
        specs += found
    return specs


def _bare(text: str) -> str:
    """The name in `name` or `name as other`; what is no name, when it is neither."""
    words = [word for word in text.split(" ") if word]
    if len(words) == 3 and words[1] == "as" and words[2].isidentifier():
        return words[0]
    return words[0] if len(words) == 1 else ""


def _is_name(dotted: str) -> bool:
    return all(part.isidentifier() and part not in KEYWORDS for part in dotted.split("."))
