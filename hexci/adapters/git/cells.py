"""Shared values as `refs/hexci/<name>`: one commit a change, moved by compare-and-swap."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from subprocess import CompletedProcess

from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.records import BOT_IDENTITY
from hexci.domain.canonical import Json, canonical
from hexci.errors import BadInputError, HexciError
from hexci.ports.cells import Cell

_PREFIX = "refs/hexci"
_FILE = "value.json"
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
# What git says when a ref is not what the lease expects, or is locked by another push.
_LOST = ("stale info", "rejected", "cannot lock", "failed to lock", "exists", "expected",
         "fetch first")  # fmt: skip
# What git says when the connection broke.
_BROKEN = ("reset by peer", "hung up unexpectedly", "timed out", "unable to connect", "early EOF",
           "Could not resolve", "refused", "503", "502", "429")  # fmt: skip
_TRIES = 6
_WAIT = 0.2  # seconds, doubled each time

Finished = CompletedProcess[bytes]


class GitCells:
    """Values in a repository, or, with `remote`, in that remote (nothing is kept here)."""

    def __init__(self, git: Git, remote: str = "") -> None:
        self._git = git.with_environment(**BOT_IDENTITY)
        self._remote = remote

    def read(self, name: str) -> Cell | None:
        """The value as it stands; None where there is none.

        Raises BadInputError for one that is no JSON object: anybody may have pushed it.
        """
        version = self._version(name)
        if not version:
            return None
        if self._remote and not self._git.succeeds("cat-file", "-e", version):
            self._patiently("fetch", "-q", "--no-tags", "--no-write-fetch-head", "--depth=1", "--",
                            self._remote, _ref(name))  # fmt: skip
            if not self._git.succeeds("cat-file", "-e", version):
                return self.read(name)  # it moved on between the two questions
        try:
            value = json.loads(self._git.run("cat-file", "blob", f"{version}:{_FILE}"))
        except ValueError as error:
            raise BadInputError(f"{_ref(name)} holds no JSON: {error}") from error
        if not isinstance(value, dict):
            raise BadInputError(f"{_ref(name)} holds no JSON object")
        return Cell(value, version)

    def swap(self, name: str, before: Cell | None, value: Mapping[str, Json], why: str) -> bool:
        """Replaces what was read; False when it has changed since."""
        blob = self._git.line("hash-object", "-w", "--stdin", stdin=canonical(dict(value)) + b"\n")
        entry = f"100644 blob {blob}\t{_FILE}\0".encode()
        tree = self._git.line("mktree", "-z", stdin=entry)
        parents = ["-p", before.version] if before else []
        commit = self._git.line("commit-tree", *parents, "-F", "-", tree, stdin=why.encode())
        old = before.version if before else ""
        return self._pushed(name, old, commit) if self._remote else self._moved(name, old, commit)

    def names(self, prefix: str) -> Sequence[str]:
        """The names below `prefix`, sorted."""
        if self._remote:
            listed = self._git.run("ls-remote", "--", self._remote, f"{_PREFIX}/{prefix}/*")
            refs = [line.split("\t")[1] for line in listed.decode().splitlines()]
        else:
            form = "--format=%(refname)"
            refs = self._git.run("for-each-ref", form, f"{_PREFIX}/{prefix}").decode().split()
        return sorted(ref.removeprefix(f"{_PREFIX}/") for ref in refs)

    def _version(self, name: str) -> str:
        ref = _ref(name)
        if self._remote:
            listed = self._patiently("ls-remote", "--", self._remote, ref).decode().strip()
            return listed.split("\t")[0] if listed else ""
        done = self._git.call("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
        return done.stdout.decode().strip() if done.returncode == 0 else ""

    def _moved(self, name: str, old: str, commit: str) -> bool:
        ref = _ref(name)
        order = f"update {ref} {commit} {old}\n" if old else f"create {ref} {commit}\n"
        return self._took(self._git.call("update-ref", "--stdin", stdin=order.encode()), ref)

    def _pushed(self, name: str, old: str, commit: str) -> bool:
        ref = _ref(name)
        lease = f"--force-with-lease={ref}:{old}"
        arguments = ("push", "--porcelain", "--no-verify", lease, "--", self._remote)
        for attempt in range(_TRIES):
            done = self._git.call(*arguments, f"{commit}:{ref}")
            if not _broken(done):
                # a push whose answer was lost may have landed: then the lease fails on our own
                return self._took(done, ref) or (attempt > 0 and self._version(name) == commit)
            time.sleep(_WAIT * 2**attempt)
        raise HexciError(f"{self._remote} cannot be reached", "Is it there, and may we write?")

    def _patiently(self, *arguments: str) -> bytes:
        """A question to the remote, asked again when the connection breaks."""
        for attempt in range(_TRIES):
            done = self._git.call(*arguments)
            if done.returncode == 0 or not _broken(done):
                break
            time.sleep(_WAIT * 2**attempt)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise HexciError(f"git {arguments[0]} failed ({done.returncode}): {said}")
        return done.stdout

    def _took(self, done: Finished, ref: str) -> bool:
        if done.returncode == 0:
            return True
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        if any(word in said for word in _LOST):
            return False
        raise HexciError(f"{ref} could not be written: {said.strip()}")


def _broken(done: Finished) -> bool:
    """Whether the connection failed, rather than the request."""
    said = done.stderr.decode("utf-8", "replace")
    return done.returncode != 0 and any(word in said for word in _BROKEN)


def _ref(name: str) -> str:
    if not _NAME.fullmatch(name) or name.endswith(".lock") or ".lock/" in name:
        raise BadInputError(f"{name!r} is no name for shared state", "Use letters, digits, - and _")
    return f"{_PREFIX}/{name}"
