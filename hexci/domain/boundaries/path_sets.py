"""Whether a path is in a set of globs, for many paths: folders are judged once each."""

import re
from collections.abc import Iterable, Sequence

from hexci.domain.globs import matches

_FOLDER = re.compile(r"\*\*/([^*?\[/]+)/\*\*")
_NAME = re.compile(r"\*\*/([^/\[]+)")
_BELOW = re.compile(r"/?([^*?\[/][^*?\[]*/)\*\*")
_ENDING = re.compile(r"/?([^*?\[/][^*?\[]*/)\*\*/\*(\.[\w.]+)")


class PathSet:
    """Globs sorted by how quickly they can be answered."""

    def __init__(self, globs: Iterable[str]) -> None:
        folders, names, below, endings, rest = set(), [], [], [], []
        for glob in globs:
            if folder := _FOLDER.fullmatch(glob):
                folders.add(folder[1])
            elif name := _NAME.fullmatch(glob):
                names.append(_name_pattern(name[1]))
            elif under := _BELOW.fullmatch(glob):
                below.append(under[1])
            elif under := _ENDING.fullmatch(glob):
                endings.append((under[1], under[2]))
            else:
                rest.append(glob)
        self._folders = frozenset(folders)
        self._names = re.compile("|".join(names)) if names else None
        self._below = tuple(below)
        self._endings = tuple(endings)
        self._rest = tuple(rest)
        self._known: dict[str, bool] = {}

    def __contains__(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        inside = self._known.get(folder)
        if inside is None:
            inside = self._known[folder] = not self._folders.isdisjoint(folder.split("/"))
        if (
            inside
            or path.startswith(self._below)
            or (self._names is not None and self._names.fullmatch(name) is not None)
        ):
            return True
        for below, ending in self._endings:
            if path.startswith(below) and path.endswith(ending):
                return True
        return bool(self._rest) and matches(path, self._rest)


def marks(globs: Iterable[str], paths: Sequence[str]) -> bytearray:
    """A 1 for each of `paths` that is in the set of `globs`."""
    # most globs are about names that a tree does not have at all
    everything = "\n".join(paths)
    some = [glob for glob in globs if _literal(glob) in everything]
    if not some:
        return bytearray(len(paths))
    ending = _ENDING.fullmatch(some[0]) if len(some) == 1 else None
    if ending is not None:
        below, suffix = ending[1], ending[2]
        return bytearray([path.startswith(below) and path.endswith(suffix) for path in paths])
    inside = PathSet(some)
    return bytearray([path in inside for path in paths])


def _literal(glob: str) -> str:
    """Text that each path in the set of a glob has in it."""
    if "[" in glob:
        return ""
    return max(glob.replace("?", "*").split("*"), key=len).strip("/")


def _name_pattern(glob: str) -> str:
    pieces = re.split(r"(\*+|\?)", glob)
    return "".join(
        "[^/]*" if piece.startswith("*") else "[^/]" if piece == "?" else re.escape(piece)
        for piece in pieces
    )
