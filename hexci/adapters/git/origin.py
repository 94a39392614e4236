"""The repository that everybody pushes to. Every call that carries the token runs in the vault.

The vault's config is ours alone: nothing that a checkout configures (`insteadOf`, credential
helpers, headers that actions/checkout left) can send the token elsewhere.
"""

import base64
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.records import BOT_IDENTITY, NOTES, RUNS
from hexci.adapters.git.vault import Vault
from hexci.errors import BadInputError, ConflictError, DeniedError, HexciError

_FETCHED = "refs/hexci/fetched"
_REMOTE_NOTES = "refs/notes/hexci/remote"
_BACKOFF = (0.5, 1.0, 2.0, 4.0, 8.0)
# Pushers at one time that the notes survive: one of them gets through in each round.
_ROUNDS = 60
_REF = re.compile(r"refs/[A-Za-z0-9][A-Za-z0-9._/-]*")
_RUN = re.compile(r"[0-9TZ]+-[0-9a-f]{12}")
_UNKNOWN = ("returned error: 401", "Authentication failed", "could not read")


@dataclass(frozen=True, slots=True)
class Move:
    """A ref to be moved from `old` (empty: it is not there) to `new`."""

    ref: str
    new: str
    old: str


class GitOrigin:
    """Port Origin over git. `url` has no credentials in it; they go by a header of their own."""

    def __init__(self, vault: Vault, url: str, token: str, sleep: Callable[[float], None]) -> None:
        self._vault = vault
        self._here = Git(vault.checkout.git.folder)
        self._url = url
        self._sleep = sleep
        pair = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings = (
            ("credential.helper", ""),
            ("http.followRedirects", "false"),
            ("http.lowSpeedLimit", "1000"),
            ("http.lowSpeedTime", "60"),
            (f"http.{url}.extraHeader", f"Authorization: Basic {pair}"),
        )
        # by environment, not argv: what a process was told is for everybody to see
        named = {f"GIT_CONFIG_KEY_{n}": key for n, (key, _) in enumerate(settings)}
        values = {f"GIT_CONFIG_VALUE_{n}": value for n, (_, value) in enumerate(settings)}
        self._git = vault.git.with_environment(
            GIT_CONFIG_COUNT=str(len(settings)), **named, **values
        )

    def tips(self, *patterns: str) -> Mapping[str, str]:
        """Commits of the remote's refs that match."""
        listed = self._patiently("ls-remote", "--", self._url, *patterns).decode("utf-8", "replace")
        pairs = (line.split("\t", 1) for line in listed.splitlines())
        return {ref: sha for sha, ref in pairs if not ref.endswith("^{}")}

    def tip(self, ref: str) -> str:
        """The commit of a full ref name; empty where there is none."""
        return self.tips(ref).get(ref, "")

    def fetch(self, commit: str, ref: str) -> None:
        """Brings a commit into the checkout's object store."""
        if self._has(commit):
            return
        self._bring([ref], keep=_FETCHED)
        if self._has(commit):
            return
        # a shallow fetch brings the tip alone; what the tip left behind is asked for by name
        depth = ("--depth=1",) if self._is_shallow() else ()
        spec = f"+{commit}:{_FETCHED}"
        if self._git.succeeds("fetch", *_QUIET, *depth, "--", self._url, spec):
            self._hand_on([f"+{_FETCHED}:{_FETCHED}"])
        if not self._has(commit):
            raise ConflictError(f"{ref} no longer leads to {commit[:12]}", "Ask again.")

    def _has(self, commit: str) -> bool:
        return self._here.succeeds("cat-file", "-e", f"{commit}^{{commit}}")

    def fetch_refs(self, refs: Sequence[str]) -> None:
        """Brings refs of hexci's own into the checkout, under their own names."""
        wrong = [ref for ref in refs if not _REF.fullmatch(ref) or ".." in ref]
        if wrong:
            raise BadInputError(f"{wrong[0]!r} is no name of a ref of ours")
        if refs:
            self._bring(refs)

    def fetch_runs(self, day: str) -> Sequence[str]:
        """Brings the records of a day here; their ids."""
        names = [ref for ref in self.tips(f"{RUNS}/{day}T*") if _RUN.fullmatch(_name(ref))]
        self.fetch_refs(names)
        return sorted(_name(ref) for ref in names)

    def has_run(self, run: str) -> bool:
        """Whether the record of a run is there, and is here now."""
        if not _RUN.fullmatch(run) or not self.tip(f"{RUNS}/{run}"):
            return False
        self.fetch_refs([f"{RUNS}/{run}", *self.tips(NOTES)])
        return True

    def push_run(self, run: str, branch: str) -> None:
        """The record and the branch: both or none. Then the notes."""
        refs = [f"{RUNS}/{run}", *([f"refs/heads/{branch}"] if branch else [])]
        there = self.tips(*refs)
        moves = [Move(ref, self._local(ref), there.get(ref, "")) for ref in refs]
        self.push([move for move in moves if move.new != move.old and self._leads(move)])
        if branch:
            self.push_notes()

    def push_branch(self, branch: str, commit: str) -> None:
        """A new branch at `commit`. One that is there already stays as it is."""
        ref = f"refs/heads/{branch}"
        if not self.tip(ref):
            self.push([Move(ref, commit, "")])

    def push_notes(self) -> None:
        """Our notes joined with the remote's, as often as somebody else is faster."""
        for number in range(_ROUNDS):
            there = self.tip(NOTES)
            ours = self._joined(there)
            if ours == there:
                return
            try:
                self.push([Move(NOTES, ours, there)])
            except ConflictError:
                self._sleep(random.uniform(0, 0.1 * min(number + 1, 20)))  # noqa: S311 - spread
            else:
                return
        raise ConflictError(f"{NOTES} kept moving on the remote", "Run the job again.")

    def push(self, moves: Sequence[Move]) -> None:
        """All moves or none, each only from its old value. Raises ConflictError.

        A push whose answer was lost is told by what the remote shows afterwards.
        """
        if not moves:
            return
        leases = [f"--force-with-lease={move.ref}:{move.old}" for move in moves]
        specs = [f"{move.new}:{move.ref}" for move in moves]
        arguments = ("push", "-q", "--porcelain", "--atomic", "--no-verify", *leases)
        said = ""
        for pause in (*_BACKOFF, None):
            done = self._git.call(*arguments, "--", self._url, *specs)
            said = done.stderr.decode("utf-8", "replace").strip()
            if done.returncode == 0:
                return
            _complain_if_denied(said)
            there = self.tips(*(move.ref for move in moves))
            if all(there.get(move.ref, "") == move.new for move in moves):
                return
            moved = [move.ref for move in moves if there.get(move.ref, "") != move.old]
            if moved:
                raise ConflictError(f"{moved[0]} was moved by somebody else", "Run again.")
            if pause is not None:
                self._sleep(pause)
        raise HexciError(f"the push did not get through: {said[-500:]}", "Run the job again.")

    # private

    def _bring(self, refs: Sequence[str], keep: str = "") -> None:
        """Remote to vault with the token, vault to checkout without it."""
        specs = [f"+{ref}:{keep or ref}" for ref in refs]
        shallow = ("--depth=1",) if self._is_shallow() and keep else ()
        self._patiently("fetch", *_QUIET, *shallow, "--", self._url, *specs)
        self._hand_on([f"+{keep or ref}:{keep or ref}" for ref in refs])

    def _hand_on(self, specs: Sequence[str]) -> None:
        folder = str(self._vault.folder)
        self._here.run("fetch", *_QUIET, "--update-shallow", "--", folder, *specs)

    def _is_shallow(self) -> bool:
        return self._here.line("rev-parse", "--is-shallow-repository") == "true"

    def _joined(self, there: str) -> str:
        """A notes commit that has ours and the remote's; made in the vault."""
        ours = self._local(NOTES)
        if not there or ours == there:
            return ours
        spec = f"+{NOTES}:{_REMOTE_NOTES}"
        self._patiently("fetch", *_QUIET, "--", self._url, spec)
        if not ours:
            return there
        git = self._vault.git.with_environment(**BOT_IDENTITY)
        git.run("update-ref", NOTES, ours)
        git.run("notes", f"--ref={NOTES}", "merge", "-q", "-s", "cat_sort_uniq", _REMOTE_NOTES)
        return git.line("rev-parse", NOTES)

    def _local(self, ref: str) -> str:
        done = self._here.call("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
        return done.stdout.decode().strip()

    def _leads(self, move: Move) -> bool:
        """Whether a move goes on from what is there; else it is somebody else's: ConflictError."""
        if not move.new:
            raise HexciError(f"{move.ref} is not here, so it cannot be pushed")
        if move.old and not self._here.succeeds("merge-base", "--is-ancestor", move.old, move.new):
            raise ConflictError(f"{move.ref} is something else on the remote")
        return True

    def _patiently(self, *arguments: str) -> bytes:
        said = ""
        for pause in (*_BACKOFF, None):
            done = self._git.call(*arguments)
            if done.returncode == 0:
                return done.stdout
            said = done.stderr.decode("utf-8", "replace").strip()
            _complain_if_denied(said)
            if "couldn't find remote ref" in said:
                raise ConflictError(f"the remote no longer has it: {said[-300:]}")
            if pause is not None:
                self._sleep(pause)
        raise HexciError(f"git {arguments[0]} did not get through: {said[-500:]}")


_QUIET = ("-q", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-gc")


def _complain_if_denied(said: str) -> None:
    if any(word in said for word in _UNKNOWN):
        raise HexciError(
            f"the remote does not know the token: {said[-300:]}",
            "It is none, or it expired during the job. Run the job again.",
        )
    if "returned error: 403" in said:
        raise DeniedError(
            f"the remote refused the token: {said[-300:]}",
            "The job needs permissions: contents: write.",
        )


def _name(ref: str) -> str:
    return ref.removeprefix(f"{RUNS}/")
