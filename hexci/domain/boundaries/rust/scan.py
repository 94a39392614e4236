"""Rust paths by one expression that skips strings, characters and comments.

Finds `use …;`, `mod x;`, `extern crate x;` and every `crate::`, `super::`, `self::` path, also
inside macro calls, where a parser only sees tokens. Modules written in the file are followed by
their braces. A spec is `MODULE|PATH`: the inline module it stands in (`a::b`, may be empty), and
the path; `mod` declarations are `MODULE|mod NAME`, with `= FILE` for `#[path]`.
"""

import re

from hexci.domain.boundaries.kinds import CONTAINMENT, OPTIONAL, REEXPORT, TEST, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled
from hexci.domain.boundaries.rust.uses import paths_of_use

_SKIPPED = (
    rb"//[^\n]*+|/\*|b?\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"|b?r(?P<hash>#*+)\"(?:.*?)\"(?P=hash)"
    rb"|b?'(?:[^'\\\n]|\\[^\n][^'\n]*)'|'[A-Za-z_]\w*+(?!')"
)
_WANTED = (
    rb"(?P<attribute>#!?\[(?P<said>cfg[^\]]*|path\s*=\s*\"[^\"]*\")\])"
    rb"|(?P<use>(?:(?P<pub>pub\b\s*+(?:\([^)]*\)\s*+)?)?\buse\b\s*+(?P<tree>[^;]*+);))"
    rb"|(?P<mod>\bmod\s++(?P<name>(?:r#)?\w++)\s*+(?P<open>[;{]))"
    rb"|(?P<extern>\bextern\s++crate\s++(?P<crate>\w++))"
    rb"|(?P<path>(?<![\w:$])(?:\$?crate|self|super)(?:\s*+::\s*+(?:r#)?[A-Za-z_]\w*+)++)"
    rb"|(?P<include>\binclude\s*+!(?=\s*+[(\[{]))"
    rb"|(?P<brace>[{}])|(?P<semi>;)"
)
_TOKEN = compiled(_SKIPPED + rb"|" + _WANTED, re.DOTALL)
INCLUDES = "include! takes in code that is not looked at"
_COMMENT_PART = compiled(rb"/\*|\*/")


def scan(raw: bytes, path: str) -> Extract | None:  # noqa: ARG001 - one form for all languages
    """The paths of a file; None when a comment or brace does not close."""
    reader = _read(raw.removeprefix(b"\xef\xbb\xbf"))
    return None if reader is None else Extract(tuple(reader.found), tuple(reader.notes))


def paths_in(data: bytes) -> list[RawImport] | None:
    """The paths in a piece of source; None when a comment or brace does not close."""
    reader = _read(data)
    return None if reader is None else reader.found


def _read(data: bytes) -> "_Reader | None":
    reader = _Reader(data)
    position = 0
    while True:
        token = _TOKEN.search(data, position)
        if token is None:
            return reader if reader.depth == 0 else None
        if token.group() == b"/*":
            position = _after_comment(data, token.end())
            if position < 0:
                return None
            continue
        position = reader.take(token)


def path_at(data: bytes, position: int) -> str:
    """The `crate::`, `self::` or `super::` path that starts at `position`; empty for none."""
    token = _TOKEN.match(data, position)
    return _joined(token["path"]) if token is not None and token["path"] else ""


def bits_of_attribute(said: bytes) -> int:
    """What an attribute says of its item: only for tests, or only under conditions."""
    if re.search(rb"\btest\b", said) and not re.search(rb"not\s*\(\s*test", said):
        return TEST
    return OPTIONAL if said.startswith((b"cfg(", b"cfg (")) else 0


def _after_comment(data: bytes, position: int) -> int:
    """Block comments nest in Rust."""
    depth = 1
    while depth:
        part = _COMMENT_PART.search(data, position)
        if part is None:
            return -1
        depth += 1 if part.group() == b"/*" else -1
        position = part.end()
    return position


class _Reader:
    """Follows inline modules by their braces, and what attributes say of the next item."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._inside: list[tuple[str, int, int]] = []  # (module, depth outside, bits)
        self._bits = 0
        self._file = ""
        self._line, self._counted = 1, 0
        self.depth = 0
        self.found: list[RawImport] = []
        self.notes: list[tuple[int, str]] = []

    def take(self, token: re.Match[bytes]) -> int:
        """Takes one token; the position to go on from."""
        kind = token.lastgroup
        if token["attribute"]:
            self._attribute(token["said"])
        elif token["use"]:
            self._use(token)
        elif token["mod"]:
            self._module(token)
        elif token["extern"]:
            self._add(token, token["crate"].decode(), 0)
            self._item_over()
        elif token["path"]:
            self._add(token, _joined(token["path"]), 0)
        elif token["include"]:
            self.notes.append((self._data.count(b"\n", 0, token.start()) + 1, INCLUDES))
        elif token["brace"]:
            self._brace(token["brace"])
        elif kind == "semi":
            self._item_over()
        return token.end()

    def _attribute(self, said: bytes) -> None:
        if said.startswith(b"path"):
            self._file = said.split(b'"')[1].decode("utf-8", "replace")
        else:
            self._bits |= bits_of_attribute(said)

    def _use(self, token: re.Match[bytes]) -> None:
        bits = REEXPORT if token["pub"] else 0
        for path in paths_of_use(token["tree"].decode("utf-8", "replace")):
            self._add(token, path, bits)
        self._item_over()

    def _module(self, token: re.Match[bytes]) -> None:
        name = token["name"].decode().removeprefix("r#")
        if token["open"] == b";":
            where = f" = {self._file}" if self._file else ""
            self._add(token, f"mod {name}{where}", CONTAINMENT)
            self._item_over()
            return
        self._inside.append((name, self.depth, self._bits))
        self.depth += 1
        self._item_over()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            # the body of a function or type under an attribute is under it as well
            if self._bits:
                self._inside.append(("", self.depth, self._bits))
            self.depth += 1
        else:
            self.depth -= 1
            while self._inside and self._inside[-1][1] >= self.depth:
                self._inside.pop()
        self._item_over()

    def _item_over(self) -> None:
        self._bits, self._file = 0, ""

    def _add(self, token: re.Match[bytes], path: str, bits: int) -> None:
        at = token.start()
        self._line += self._data.count(b"\n", self._counted, at)
        self._counted = at
        column = at - self._data.rfind(b"\n", 0, at)
        module = "::".join(name for name, _, _ in self._inside if name)
        for _, _, outer in self._inside:
            bits |= outer
        self.found.append((f"{module}|{path}", self._line, column, bits | self._bits))


def _joined(path: bytes) -> str:
    return "".join(path.decode("utf-8", "replace").split()).replace("r#", "").lstrip("$")
