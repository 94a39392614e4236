"""Single refs that many runners move: fetched, and put only from what was fetched."""

import time
from subprocess import CompletedProcess

from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.records import BOT_IDENTITY
from hexci.errors import HexciError

# What git says when a ref is not what the lease expects, or is locked by another push.
_LOST = ("stale info", "rejected", "cannot lock", "failed to lock", "exists", "expected",
         "fetch first")  # fmt: skip
# What git says when the connection broke.
_BROKEN = ("reset by peer", "hung up unexpectedly", "timed out", "unable to connect", "early EOF",
           "Could not resolve", "refused", "503", "502", "429")  # fmt: skip
_TRIES = 6
_WAIT = 0.2  # seconds, doubled each time
_QUIETLY = ("-q", "--no-tags", "--no-write-fetch-head")

Finished = CompletedProcess[bytes]


class GitRefs:
    """Refs of a repository, or, with `remote`, of that remote (nothing is kept here)."""

    def __init__(self, git: Git, remote: str = "") -> None:
        self.git = git.with_environment(**BOT_IDENTITY)
        self._remote = remote

    def listed(self, prefix: str) -> dict[str, str]:
        """Commits by ref below `prefix` (which ends with a slash)."""
        if self._remote:
            said = self._patiently("ls-remote", "--", self._remote, f"{prefix}*").decode()
        else:
            form = "--format=%(objectname)\t%(refname)"
            said = self.git.run("for-each-ref", form, prefix).decode()
        pairs = (line.split("\t") for line in said.splitlines())
        return {ref: commit for commit, ref in pairs}

    def version(self, ref: str) -> str:
        """The commit of a ref; empty where there is none."""
        if self._remote:
            said = self._patiently("ls-remote", "--", self._remote, ref).decode().strip()
            return said.split("\t")[0] if said else ""
        done = self.git.call("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
        return done.stdout.decode().strip() if done.returncode == 0 else ""

    def fetched(self, ref: str) -> str:
        """The commit of a ref, with its objects here; empty where there is none."""
        while version := self.version(ref):
            if not self._remote or self._has(version):
                return version
            self.bring(ref)
            if self._has(version):
                return version
            # it moved on between the two questions
        return ""

    def bring(self, *refs: str, depth: int = 1) -> None:
        """Makes the commits of refs be here."""
        if self._remote and refs:
            self._patiently("fetch", *_QUIETLY, f"--depth={depth}", "--", self._remote, *refs)

    def put(self, ref: str, old: str, tree: str, why: str) -> bool:
        """Puts a commit of `tree` after `old` (empty: the first); False when the ref has moved."""
        parents = ["-p", old] if old else []
        commit = self.git.line("commit-tree", *parents, "-F", "-", tree, stdin=why.encode())
        return self._pushed(ref, old, commit) if self._remote else self._moved(ref, old, commit)

    def _has(self, commit: str) -> bool:
        return self.git.succeeds("cat-file", "-e", commit)

    def _moved(self, ref: str, old: str, commit: str) -> bool:
        order = f"update {ref} {commit} {old}\n" if old else f"create {ref} {commit}\n"
        return _took(self.git.call("update-ref", "--stdin", stdin=order.encode()), ref)

    def _pushed(self, ref: str, old: str, commit: str) -> bool:
        lease = f"--force-with-lease={ref}:{old}"
        arguments = ("push", "--porcelain", "--no-verify", lease, "--", self._remote)
        for attempt in range(_TRIES):
            done = self.git.call(*arguments, f"{commit}:{ref}")
            if not _broken(done):
                # a push whose answer was lost may have landed: then the lease fails on our own
                return _took(done, ref) or (attempt > 0 and self.version(ref) == commit)
            time.sleep(_WAIT * 2**attempt)
        raise HexciError(f"{self._remote} cannot be reached", "Is it there, and may we write?")

    def _patiently(self, *arguments: str) -> bytes:
        """A question to the remote, asked again when the connection breaks."""
        for attempt in range(_TRIES):
            done = self.git.call(*arguments)
            if done.returncode == 0 or not _broken(done):
                break
            time.sleep(_WAIT * 2**attempt)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise HexciError(f"git {arguments[0]} failed ({done.returncode}): {said}")
        return done.stdout


def _took(done: Finished, ref: str) -> bool:
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
