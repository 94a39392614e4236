"""Files below one folder, read without following any link out of it."""

import os
import stat
from pathlib import Path

_MOST_BYTES = 1_000_001  # one more than is accepted, so that what is too large is told


class JailedFiles:
    """Reads regular files below `root` by paths with forward slashes."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        """The content; None where there is no regular file, or a symbolic link on the way."""
        place = self._root
        parts = path.split("/")
        if not path or any(part in {"", ".", ".."} or "\0" in part for part in parts):
            return None
        mode = 0
        for part in parts:
            place /= part
            try:
                mode = place.lstat().st_mode
            except OSError:
                return None
            if stat.S_ISLNK(mode):
                return None
        if not stat.S_ISREG(mode):
            return None
        with place.open("rb") as file:
            return file.read(_MOST_BYTES)

    def below(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """The YAML files directly in `folders`, sorted."""
        return tuple(
            sorted(
                f"{folder}/{entry.name}"
                for folder in folders
                if (self._root / folder).is_dir()
                for entry in (self._root / folder).iterdir()
                if entry.suffix in {".yaml", ".yml"}
            )
        )

    def named(self, folder: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Files of these names anywhere below `folder`, sorted; no link is followed."""
        found = []
        for place, _, files in os.walk(self._root / folder):
            below = Path(place).relative_to(self._root).as_posix()
            found += [f"{below}/{name}".removeprefix("./") for name in names if name in files]
        return tuple(sorted(found))
