"""Tests that were frozen before the code: by digest, so that nobody can change them after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json, digest, digest_of


@dataclass(frozen=True, slots=True)
class Frozen:
    """`tree` is the base with the tests in it; `digests` are of each test file's content."""

    tree: str
    digests: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One digest for all of them."""
        return digest_of(dict(self.digests))

    def document(self) -> dict[str, Json]:
        """`tests.json` of the record."""
        return {"digest": self.digest, "files": dict(self.digests)}

    def broken(self, read: Callable[[str], bytes | None]) -> str:
        """The first frozen path whose content is another now, with `read`; empty when none is."""
        for path, sealed in sorted(self.digests.items()):
            content = read(path)
            if content is None or digest(content) != sealed:
                return path
        return ""


def frozen(tree: str, files: Mapping[str, bytes]) -> Frozen:
    """The freeze of `files`, which `tree` holds."""
    return Frozen(tree, {path: digest(content) for path, content in sorted(files.items())})
