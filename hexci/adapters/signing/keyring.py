"""Key pairs of one run's agents, made by OpenSSH in a private folder that goes with the run."""

import shutil
import subprocess
from pathlib import Path

from hexci.adapters.signing.ssh import SshSigner
from hexci.errors import HexciError
from hexci.ports.signing import KeyPair

_TIMEOUT = 30.0


class SshKeyring:
    """Ed25519 pairs in `folder`, which only the owner may read."""

    def __init__(self, folder: Path, namespace: str) -> None:
        self._folder = folder
        self._namespace = namespace

    def pair_for(self, role: str) -> KeyPair | None:
        """A new pair; None where there is no ssh-keygen."""
        program = shutil.which("ssh-keygen")
        if program is None:
            return None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = self._folder / role
        done = subprocess.run(
            [program, "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)],
            stdin=subprocess.DEVNULL,
            env={},
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
            start_new_session=True,
        )
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise HexciError(f"no key could be made for {role}: {said}")
        public = key.with_suffix(".pub").read_text("ascii").strip()
        return KeyPair(public, SshSigner(key, self._namespace))
