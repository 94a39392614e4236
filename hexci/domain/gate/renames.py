"""Tests that follow a renaming: the same text, but for names that production code renamed."""

import re
from collections.abc import Iterable

from hexci.domain.change import FileChange

_WORD = re.compile(r"[^\W\d]\w*")
_PIECE = re.compile(r"\w+|[^\w\s]|[ \t]+|\n[ \t]*")
# Words that decide what a test asserts, whatever else they may name in production code.
_FIXED = re.compile(
    r"assert.*|expect.*|should.*|not|is|in|and|or|if|else|for|while|return|raise.*|try|except|with"
    r"|pass|skip.*|xfail.*|only|todo|ignore|True|False|None|true|false|null|undefined|pytest|unittest"
    r"|equal.*|deep.*|strict.*|toBe.*|toEqual.*|len|any|all|isinstance|abs|round|panic.*|throw.*"
)


def follows_renames(before: bytes, after: bytes, production: Iterable[FileChange]) -> bool:
    """Whether `after` is `before` with names replaced that production code renamed.

    A name counts as renamed when no production file of the change has the old one any more, and
    none had the new one before. Layout and every literal stay as they were.
    """
    gone, come = _renamed(production)
    try:
        old, new = _pieces(before), _pieces(after)
    except UnicodeDecodeError:
        return False
    if len(old) != len(new):
        return False
    mapping: dict[str, str] = {}
    for was, now in zip(old, new, strict=True):
        if was == now:
            continue
        if was not in gone or now not in come or mapping.setdefault(was, now) != now:
            return False
    kept = {was for was, now in zip(old, new, strict=True) if was == now}
    return not (kept & set(mapping)) and len(set(mapping.values())) == len(mapping)


def _renamed(production: Iterable[FileChange]) -> tuple[set[str], set[str]]:
    before: set[str] = set()
    after: set[str] = set()
    for file in production:
        before |= _words(file.before, file.path if file.before is not None else "")
        after |= _words(file.after, file.path if file.after is not None else "")
    fixed = {word for word in before | after if _FIXED.fullmatch(word)}
    return before - after - fixed, after - before - fixed


def _words(content: bytes | None, path: str) -> set[str]:
    text = (content or b"").decode("utf-8", "replace")
    return {*_WORD.findall(text), *_WORD.findall(path)}


def _pieces(content: bytes) -> list[str]:
    return _PIECE.findall(content.decode())
