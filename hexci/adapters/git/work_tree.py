"""The ledger's folder in the work tree: read whole, written all or nothing."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from hexci.errors import DeniedError


class WorkTree:
    """The port LedgerDesk on a checkout's top folder."""

    def __init__(self, top: Path) -> None:
        self._top = top.resolve()

    def read(self, folder: str) -> Mapping[str, bytes | None]:
        """Every file below `folder` by path from the root; None for what is no plain file."""
        return dict(sorted(self._walk(self._top / folder)))

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Writes all (None deletes) or nothing. Raises DeniedError for a path outside."""
        places = {self._place(path): content for path, content in files.items()}
        kept = {place: self._kept(place) for place in places}
        staged: dict[Path, Path] = {}
        try:
            for place, content in places.items():
                if content is not None:
                    staged[place] = _staged(place, content)
            for place, content in places.items():
                if content is None:
                    place.unlink(missing_ok=True)
                else:
                    staged.pop(place).replace(place)
        except BaseException:
            _put_back(kept)
            raise
        finally:
            for left in staged.values():
                left.unlink(missing_ok=True)

    def _walk(self, folder: Path) -> Iterator[tuple[str, bytes | None]]:
        if folder.is_symlink() or not folder.is_dir():
            return
        for place in folder.iterdir():
            path = place.relative_to(self._top).as_posix()
            if place.is_symlink():
                yield path, None
            elif place.is_dir():
                yield from self._walk(place)
            else:
                yield path, place.read_bytes() if place.is_file() else None

    def _place(self, path: str) -> Path:
        place = self._top / path
        if not place.parent.resolve().is_relative_to(self._top) or place.is_symlink():
            raise DeniedError(f"{path} is a link or lies outside the work tree")
        return place

    @staticmethod
    def _kept(place: Path) -> bytes | None:
        return place.read_bytes() if place.is_file() else None


def _staged(place: Path, content: bytes) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    with beside.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if place.is_file():
        beside.chmod(place.stat().st_mode & 0o777)
    return beside


def _put_back(kept: Mapping[Path, bytes | None]) -> None:
    for place, content in kept.items():
        with suppress(OSError):
            if content is None:
                place.unlink(missing_ok=True)
            else:
                place.write_bytes(content)
