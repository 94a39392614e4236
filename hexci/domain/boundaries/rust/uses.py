"""The paths in the tree of one `use`: `a::{b, c::{self, d as e}, f::*}`."""

import re

_WORD = re.compile(r"r#|::|[{},*]|\w+")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_DEEPEST = 64


def paths_of_use(tree: str) -> list[str]:
    """Every path, `::*` for a glob; `self` in braces is the path before it."""
    words = [word for word in _WORD.findall(_COMMENT.sub(" ", tree)) if word != "r#"]
    found: list[str] = []
    _read(words, 0, [], found, 0)
    return found


def _read(words: list[str], at: int, before: list[str], found: list[str], depth: int) -> int:
    """Reads one list up to its closing brace; the position after it."""
    path = list(before)
    done = False
    while at < len(words):
        word = words[at]
        at += 1
        if word == "{" and depth < _DEEPEST:
            at = _read(words, at, path, found, depth + 1)
            done = True
        elif word in {",", "}"}:
            _finish(path, before, found, done=done)
            path, done = list(before), False
            if word == "}":
                return at
        elif word == "as":
            at += 1  # the new name
        elif word != "::":
            path.append(word)
    _finish(path, before, found, done=done)
    return at


def _finish(path: list[str], before: list[str], found: list[str], *, done: bool) -> None:
    if done or len(path) <= len(before):
        return
    if path[-1] == "self" and len(path) > 1:
        path = path[:-1]
    found.append("::".join(path))
