"""Whether a path is in a set of globs, for many paths: folders are judged once each."""

import re
from collections.abc import Iterable

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

    def chosen(self, paths: Iterable[str]) -> list[str]:
        """Those of `paths` that are in the set."""
        if self._below or self._folders or self._names is not None or self._rest:
            return [path for path in paths if path in self]
        found = set()
        listed = list(paths)
        for below, ending in self._endings:
            found.update([p for p in listed if p.startswith(below) and p.endswith(ending)])
        return [path for path in listed if path in found]

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


def _name_pattern(glob: str) -> str:
    pieces = re.split(r"(\*+|\?)", glob)
    return "".join(
        "[^/]*" if piece.startswith("*") else "[^/]" if piece == "?" else re.escape(piece)
        for piece in pieces
    )
