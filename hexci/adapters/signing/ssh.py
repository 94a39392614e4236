"""SSH signatures by OpenSSH itself (`ssh-keygen -Y`)."""

import os
import subprocess
import tempfile
from pathlib import Path

from hexci.domain.envelope import NAMESPACE
from hexci.errors import BadInputError, HexciError

_TIMEOUT = 30.0


class SshSigner:
    """Signs with one private key, which must need no passphrase or be in the agent."""

    def __init__(self, key: Path, namespace: str = NAMESPACE) -> None:
        if not key.is_file():
            raise BadInputError(
                f"HEXCI_SIGNING_KEY names no file: {key}",
                "Make one: ssh-keygen -t ed25519 -N '' -f FILE",
            )
        self._key = key
        self._namespace = namespace

    def sign(self, data: bytes) -> str:
        """An armoured signature over `data`."""
        done = _ssh_keygen("sign", "-n", self._namespace, "-f", str(self._key), stdin=data)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise HexciError(f"{self._key.name} could not sign: {said}")
        return done.stdout.decode("ascii")


class SshSignatureCheck:
    """Checks against an OpenSSH `allowed_signers` file."""

    def __init__(self, namespace: str = NAMESPACE) -> None:
        self._namespace = namespace

    def signer_of(self, data: bytes, signature: str, allowed: bytes) -> str:
        """The first principal whose key made the signature; empty when there is none."""
        with tempfile.TemporaryDirectory() as folder:
            signers, sealed = Path(folder) / "allowed", Path(folder) / "sig"
            signers.write_bytes(allowed)
            sealed.write_text(signature)
            files = ("-f", str(signers), "-s", str(sealed))
            found = _ssh_keygen("find-principals", *files)
            for principal in found.stdout.decode("utf-8", "replace").splitlines():
                checked = _ssh_keygen(
                    "verify", *files, "-n", self._namespace, "-I", principal, stdin=data
                )
                if checked.returncode == 0:
                    return principal
        return ""


def signer_from_environment() -> SshSigner | None:
    """A signer with the key that HEXCI_SIGNING_KEY names; None when it names none."""
    named = os.environ.get("HEXCI_SIGNING_KEY", "")
    return SshSigner(Path(named).expanduser()) if named else None


def _ssh_keygen(
    verb: str, *arguments: str, stdin: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    kept = {name: os.environ[name] for name in ("PATH", "SSH_AUTH_SOCK") if name in os.environ}
    try:
        return subprocess.run(
            ["ssh-keygen", "-Y", verb, *arguments],
            input=stdin,
            env=kept,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise BadInputError("ssh-keygen is not on PATH", "Install OpenSSH's client.") from error
