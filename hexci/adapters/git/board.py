"""Documents that all machines share: one commit chain each, below `refs/hexci/locks`."""

import json
from collections.abc import Mapping, Sequence

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.origin import GitOrigin, Move
from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.records import BOT_IDENTITY
from hexci.domain.canonical import Json, canonical
from hexci.ports.remote import Slip

_LOCKS = "refs/hexci/locks"
_FILE = "slip.json"


class GitBoard:
    """Port Board over git."""

    def __init__(self, checkout: Checkout, origin: GitOrigin) -> None:
        self._git = Git(checkout.git.folder).with_environment(**BOT_IDENTITY)
        self._origin = origin

    def read(self, name: str) -> Slip | None:
        """A document as it stands now on the remote."""
        return next(iter(self.under(name)), None)

    def write(self, name: str, body: Mapping[str, Json], expected: str) -> Slip:
        """Writes over the version `expected`. Raises ConflictError when it is another by now."""
        blob = self._git.line("hash-object", "-w", "--stdin", stdin=canonical(dict(body)) + b"\n")
        tree = self._git.line("mktree", stdin=f"100644 blob {blob}\t{_FILE}\n".encode())
        parents = ["-p", expected] if expected else []
        commit = self._git.line("commit-tree", *parents, "-F", "-", tree, stdin=name.encode())
        self._origin.push([Move(f"{_LOCKS}/{name}", commit, expected)])
        return Slip(name, body, commit)

    def under(self, pattern: str) -> Sequence[Slip]:
        """All documents whose name matches, sorted by name."""
        refs = sorted(self._origin.tips(f"{_LOCKS}/{pattern}"))
        self._origin.fetch_refs(refs)
        found = [self._slip(ref) for ref in refs]
        return [slip for slip in found if slip is not None]

    def _slip(self, ref: str) -> Slip | None:
        version = self._git.line("rev-parse", "--verify", "--end-of-options", ref)
        done = self._git.call("cat-file", "blob", f"{version}:{_FILE}")
        try:
            body = json.loads(done.stdout) if done.returncode == 0 else None
        except (ValueError, RecursionError):
            return None
        name = ref.removeprefix(f"{_LOCKS}/")
        return Slip(name, body, version) if isinstance(body, dict) else None
