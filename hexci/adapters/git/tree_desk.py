"""The ledger's folder in a tree: what is written makes another tree, and no file anywhere."""

from collections.abc import Mapping

from hexci.adapters.git.vault import Vault
from hexci.errors import DeniedError


class TreeDesk:
    """The port LedgerDesk on a tree. `tree` is the one with what was written."""

    def __init__(self, vault: Vault, tree: str) -> None:
        self._vault = vault
        self.tree = tree

    def read(self, folder: str) -> Mapping[str, bytes | None]:
        """Every file below `folder` by path from the root; None for what is no plain file."""
        below = f"{folder.rstrip('/')}/"
        paths = sorted(path for path in self._vault.files(self.tree) if path.startswith(below))
        return {path: self._vault.read(self.tree, path) for path in paths}

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Writes all (None deletes) or nothing. Raises DeniedError for what is no plain file."""
        there = self._vault.files(self.tree)
        links = [p for p in files if p in there and self._vault.read(self.tree, p) is None]
        if links:
            raise DeniedError(f"{links[0]} is no plain file")
        self.tree = self._vault.overlay(self.tree, files)
