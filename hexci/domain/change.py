"""What a candidate hands over: data, never an effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happens to one path."""

    ADDED = "added"
    MODIFIED = "modified"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One path of a change, with raw git modes (`100644`, …; empty where the side has none).

    `before` and `after` are whole contents, None where the side has no regular file.
    Paths are repository-relative with forward slashes, undecodable bytes as surrogates.
    """

    path: str
    kind: ChangeKind
    mode_before: str
    mode_after: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Change:
    """A tree that somebody proposes instead of the base tree. SHAs name git trees."""

    base_tree: str
    tree: str
    files: tuple[FileChange, ...]
    patch: bytes = b""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every touched path, sorted."""
        return tuple(sorted(f.path for f in self.files))

    @property
    def lines(self) -> int:
        """Lines added and lines removed, as the patch has them."""
        count, inside = 0, False
        for line in self.patch.split(b"\n"):
            if line.startswith((b"diff --git ", b"@@ ")):
                inside = line.startswith(b"@@ ")
            elif inside and line[:1] in {b"+", b"-"}:
                count += 1
        return count

    @property
    def by_path(self) -> Mapping[str, FileChange]:
        """The touched files by their path."""
        return {f.path: f for f in self.files}
