"""A run's private folder: the vault and the rooms, removed whatever happens."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.rooms import ClonedRooms
from hexci.adapters.git.vault import Vault, vault_for

_PREFIX = "hexci-"


@dataclass(frozen=True, slots=True)
class Quarters:
    """Where one run works. `folder` is outside the operator's checkout."""

    folder: Path
    vault: Vault

    def rooms(self, base_commit: str) -> ClonedRooms:
        """Rooms whose history ends at `base_commit`."""
        return ClonedRooms(self.vault, self.folder / "rooms" / base_commit[:12], base_commit)


@contextmanager
def quarters_for(checkout: Checkout) -> Iterator[Quarters]:
    """Private quarters in the temporary folder; the name tells whose they are, for the sweeper."""
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")).resolve()
    try:
        with vault_for(checkout, folder / "vault") as vault:
            yield Quarters(folder, vault)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def abandoned_quarters() -> tuple[Path, ...]:
    """Quarters in the temporary folder whose process is gone (killed before it could clean up)."""
    found = []
    for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}[0-9]*-*")):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if folder.is_dir() and pid.isdigit() and not _alive(int(pid)):
            found.append(folder)
    return tuple(found)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
