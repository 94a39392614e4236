"""Whether an edit below the imports of a Python file leaves all that the scan says as it was.

Most edits change a function's body. That they change no import can be shown by looking for a few
words, without an expression and without the scanner: it loads in no time.
"""

from hexci.domain.boundaries.file_kinds import LARGEST

MARK = b"xci: ignore"
_SHORTEST = 13  # bytes after the last `import`: "import_module"
# these end whatever an indented import may stand under
_TOP_LEVEL = (b"\ndef ", b"\nclass ", b"\n@", b"\nasync def ")
_TELLING = (b"print ", b"<<<<<<< ", b"TYPE_CHECKING")
_BACKSLASH = 92


def says_the_same(old: bytes, new: bytes) -> bool:
    """True: the scan of `new` and its in-code ignores are those of `old`. False: perhaps not.

    For files that the scan could read: one that had to be parsed may be read in other ways.
    """
    if not are_plain(old, new):
        return False
    common = new.rfind(b"\n", 0, common_start(old, new)) + 1
    if old.find(MARK, common) >= 0 or new.find(MARK, common) >= 0:
        return False
    last = new.rfind(b"import")
    if last != old.rfind(b"import"):
        return False
    if last < 0:
        return True  # there is nothing in either, whatever else they say
    # perhaps no Python 3 any more; or a condition above an import goes on here
    if any(new.find(word, common) >= 0 for word in _TELLING):
        return False
    settled = _settled(new, last, common)
    return settled >= 0 and last + _SHORTEST <= common and _strings_end(new, last, common)


def are_plain(old: bytes, new: bytes) -> bool:
    """Whether both texts are ordinary ones, to be read byte by byte."""
    for text in (old, new):
        if len(text) > LARGEST or b"\0" in text or b"\r" in text or not _is_utf8(text):
            return False
    return True


def _is_utf8(text: bytes) -> bool:
    try:
        return text.isascii() or bool(text.decode())
    except UnicodeDecodeError:
        return False


def common_start(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _settled(data: bytes, last: int, common: int) -> int:
    """Where the last import and what it stands under have ended; -1: not before `common`."""
    end = data.find(b"\n", last, common)
    if end < 0:
        return -1
    if data.find(b"(", last, end) >= 0:
        closing = data.find(b")", last, common)
        end = data.find(b"\n", closing, common)
        if closing < 0 or end < 0:
            return -1
    if data[end - 1] == _BACKSLASH or data[data.find(b"\n", last) - 1] == _BACKSLASH:
        return -1
    line = data.rfind(b"\n", 0, last) + 1
    if data.startswith((b"import ", b"from "), line):
        return end
    for word in _TOP_LEVEL:
        at = data.find(word, end, common)
        if at >= 0 and data[at - 1] != _BACKSLASH:
            return at
    return -1


def _strings_end(data: bytes, last: int, common: int) -> bool:
    """Whether no string that begins before the last import reaches the lines that differ."""
    for quotes in (b'"""', b"'''"):
        if data.find(quotes, 0, last) < 0:
            continue
        # a string that is still open at the last import ends here at the latest
        closing = data.find(quotes, last, common)
        if closing < 0 or data[closing - 1] == _BACKSLASH:
            return are_docstrings(data, last)
    return True


def are_docstrings(data: bytes, last: int) -> bool:
    """Whether every triple quote before `last` opens or closes a plain string that ends there."""
    if data.find(b"'''", 0, last) >= 0:
        return False
    end = 0
    start = data.find(b'"""', 0, last)
    while start >= 0:
        line = max(data.rfind(b"\n", 0, start) + 1, end)
        before = data[line:start]
        if b"#" in before or b"'" in before or b'"' in before:
            return False
        if line > 1 and data[line - 2] == _BACKSLASH:
            return False
        end = data.find(b'"""', start + 3, last) + 3
        if end < 3 or data.find(b'\\"', start, end) >= 0:
            return False
        start = data.find(b'"""', end, last)
    return True
