"""A read-only namespace over what hexci keeps. What is not there is an error, never empty."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hexci.errors import BadInputError

# The names inside a folder, and the content of a file; both by the path below the mount.
Names = Callable[[Sequence[str]], Sequence[str] | None]
Content = Callable[[Sequence[str]], bytes | None]


@dataclass(frozen=True, slots=True)
class Mount:
    """A part of the namespace. `names` gives None for what is no folder there."""

    names: Names
    content: Content


@dataclass(frozen=True, slots=True)
class Namespace:
    """Mounts by their folder, such as `proc/runs`."""

    mounts: Mapping[str, Mount]

    def listed(self, path: str) -> tuple[str, ...]:
        """The names in a folder, sorted. Raises BadInputError where there is none."""
        parts = _parts(path)
        mount, rest = self._at(parts)
        if mount is None:
            inner = {m.split("/")[len(parts)] for m in self.mounts
                     if m.split("/")[: len(parts)] == parts}  # fmt: skip
            if not inner:
                raise _missing(path)
            return tuple(sorted(inner))
        names = mount.names(rest)
        if names is None:
            raise _missing(path) if mount.content(rest) is None else BadInputError(
                f"{path} is a file", f"See: hexci fs cat {path}")  # fmt: skip
        return tuple(sorted(names))

    def content(self, path: str) -> bytes:
        """The content of a file. Raises BadInputError where there is none."""
        mount, rest = self._at(_parts(path))
        text = mount.content(rest) if mount else None
        if text is not None:
            return text
        self.listed(path)  # says so where there is nothing at all
        raise BadInputError(f"{path} is a folder", f"See: hexci fs ls {path}")

    def described(self, path: str) -> str:
        """`file N` or `folder N`: bytes, or names in it."""
        mount, rest = self._at(_parts(path))
        text = mount.content(rest) if mount else None
        return f"folder {len(self.listed(path))}" if text is None else f"file {len(text)}"

    def _at(self, parts: list[str]) -> tuple[Mount | None, list[str]]:
        for length in range(len(parts), 0, -1):
            mount = self.mounts.get("/".join(parts[:length]))
            if mount is not None:
                return mount, parts[length:]
        return None, []


def of_files(files: Mapping[str, Callable[[], bytes]]) -> Mount:
    """A mount of files whose names may have slashes."""

    def names(parts: Sequence[str]) -> Sequence[str] | None:
        depth = len(parts)
        split = [name.split("/") for name in files]
        inner = {name[depth] for name in split if len(name) > depth and name[:depth] == [*parts]}
        return sorted(inner) if inner or not parts else None

    def content(parts: Sequence[str]) -> bytes | None:
        read = files.get("/".join(parts))
        return read() if read else None

    return Mount(names, content)


def lazily(make: Callable[[], Mount]) -> Mount:
    """A mount that is made when it is first looked into: others need not pay for it."""
    made: list[Mount] = []

    def mount() -> Mount:
        if not made:
            made.append(make())
        return made[0]

    return Mount(lambda parts: mount().names(parts), lambda parts: mount().content(parts))


def _parts(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    if any(part in {".", ".."} for part in parts):
        raise _missing(path)
    return parts


def _missing(path: str) -> BadInputError:
    return BadInputError(f"there is no {path}", "See: hexci fs ls /")
