"""Blobs by SHA, for any thread."""

from threading import Lock

from hexci.adapters.git.objects import ObjectReader
from hexci.adapters.git.plumbing import Git
from hexci.errors import HexciError


class BlobReader:
    """Reads blobs one by one; git starts with the first read."""

    def __init__(self, git: Git) -> None:
        self._objects = ObjectReader(git)
        self._one_at_a_time = Lock()

    def read(self, sha: str) -> bytes:
        """The content of blob `sha`. Raises HexciError when there is no such blob."""
        with self._one_at_a_time:
            found = self._objects.look(sha)
        if found is None:
            raise HexciError(f"object {sha} is missing from the repository", "See: git fsck")
        return found.content

    def close(self) -> None:
        """Ends git, if it was started."""
        self._objects.close()
