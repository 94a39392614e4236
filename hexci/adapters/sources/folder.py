"""The files of a folder that is no git repository."""

import os
from collections.abc import Iterable, Iterator, Mapping

from hexci.adapters.sources.contents import disk_content

_HIDDEN = frozenset((".git", ".hg", ".svn", "node_modules", "__pycache__"))


class FolderFiles:
    """All regular files below a folder; symlinks are not followed."""

    def __init__(self, root: str) -> None:
        self._root = root

    def listing(self) -> Mapping[str, str]:
        """Path → size and time of change, which stand for the content here."""
        found: dict[str, str] = {}
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(f"{self._root}/{folder}") as inside:
                    listed = list(inside)
            except OSError:
                continue
            for entry in listed:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _HIDDEN:
                        waiting.append(f"{folder}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    stat = entry.stat(follow_symlinks=False)
                    found[f"{folder}{entry.name}"] = f"{stat.st_mtime_ns:x}-{stat.st_size:x}"
        return dict(sorted(found.items()))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Contents, from the disk."""
        for path in paths:
            content = disk_content(f"{self._root}/{path}")
            if content is not None:
                yield path, content
