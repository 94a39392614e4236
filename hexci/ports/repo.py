"""The operator's repository, read and written by trusted plumbing only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from hexci.domain.change import Change


class Objects(Protocol):
    """Trees and commits by SHA. Writing objects changes no ref, index or work tree."""

    def resolve(self, ref: str) -> str:
        """The commit SHA `ref` names. Raises BadInputError when it names none."""
        ...

    def tree_of(self, commit: str) -> str:
        """The tree SHA of a commit."""
        ...

    def files(self, tree: str) -> Mapping[str, str]:
        """Every path of a tree with its git mode."""
        ...

    def read(self, tree: str, path: str) -> bytes | None:
        """A regular file's content, None where the tree has none."""
        ...

    def change(self, base_tree: str, tree: str) -> Change:
        """What differs between two trees, renames as delete plus add, with the patch."""
        ...

    def overlay(self, tree: str, files: Mapping[str, bytes | None]) -> str:
        """The tree with `files` written over it (None deletes), modes kept; its SHA."""
        ...

    def restore(self, tree: str, source: str, paths: Sequence[str]) -> str:
        """`tree` with `paths` exactly as `source` has them (absent there: removed); its SHA."""
        ...


class History(Protocol):
    """What was changed before."""

    def small_fixes(self, commit: str, most: int) -> Iterator[tuple[str, bytes, bytes]]:
        """(path, before, after) of recent commits whose subject says fix, one source file each.

        `most` commits before `commit` are looked at, the newest first; tests and texts beside
        the file do not count.
        """
        ...

    def newest_lines(self, commit: str) -> Mapping[str, frozenset[int]]:
        """Numbers of lines of Python files, as `commit` has them, that its last commits wrote.

        Empty where there is nothing older to compare with.
        """
        ...


class Search(Protocol):
    """Looking for text in a tree."""

    def search(self, tree: str, pattern: str, glob: str, most: int) -> Sequence[str]:
        """At most `most` lines `path:line: text` that match an extended regular expression.

        Raises BadInputError when the pattern is none.
        """
        ...


class Commits(Protocol):
    """Commits made where no ref can notice them yet."""

    def commit(self, tree: str, parents: Sequence[str], message: str, *, who: str, at: str) -> str:
        """A commit of `tree` by `who` (`Name <address>`) at `at` (ISO 8601); its SHA."""
        ...
