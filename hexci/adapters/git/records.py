"""Runs as commit chains on `refs/hexci/runs/<id>`, evidence as notes keyed on the tree."""

from collections.abc import Mapping, Sequence
from contextlib import closing

from hexci.adapters.git.blobs import BlobReader
from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.vault import Vault
from hexci.errors import ConflictError, HexciError
from hexci.ports.records import END, Landing, StoredRun

RUNS = "refs/hexci/runs"
NOTES = "refs/notes/hexci/evidence"
BOT = "hexci[bot] <hexci[bot]@users.noreply.github.com>"
BOT_IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "hexci[bot]"), ("EMAIL", "hexci[bot]@users.noreply.github.com"))
}
# How often a note is merged again when another run landed in between.
_TRIES = 8


class GitRecords:
    """Records in the operator's repository. Only `refs/hexci`, notes and `hex/auto` are written."""

    def __init__(self, checkout: Checkout, vault: Vault | None = None) -> None:
        self._checkout = checkout
        self._git = Git(checkout.git.folder).with_environment(**BOT_IDENTITY)
        self._vault = vault

    def begin(self, run: str, files: Mapping[str, bytes], subject: str) -> None:
        """Starts a record on a ref that must not exist yet."""
        commit = self._commit(self._tree({}, files), [], subject)
        self._move([_create(_ref(run), commit)])

    def step(
        self,
        run: str,
        files: Mapping[str, bytes],
        subject: str,
        landing: Landing | None = None,
        *,
        after: str = "",
    ) -> None:
        """Adds a step; with `landing` in one transaction with the branch and the note."""
        before = after or self._tip(_ref(run))
        if before is None:
            raise ConflictError(f"the record of run {run} is gone", "See: hexci ps")
        commit = self._commit(self._tree(self._blobs(before), files), [before], subject)
        moves = [_update(_ref(run), commit, before)]
        if landing is None:
            self._move(moves)
        else:
            self._land(moves, landing)

    def runs(self) -> Sequence[str]:
        """Ids of all recorded runs; they sort by time."""
        listed = self._git.run("for-each-ref", "--format=%(refname)", RUNS).decode()
        return sorted(name.removeprefix(f"{RUNS}/") for name in listed.split())

    def unended(self) -> Sequence[str]:
        """Ids of the runs whose last step is no end, told from commit subjects in one call."""
        form = "--format=%(refname) %(contents:subject)"
        listed = self._git.run("for-each-ref", form, RUNS).decode("utf-8", "replace")
        steps = (line.split(" ", 1) for line in listed.splitlines())
        return sorted(
            ref.removeprefix(f"{RUNS}/") for ref, subject in steps if not subject.startswith(END)
        )

    def load(self, run: str) -> StoredRun | None:
        """A run's record, None when there is none."""
        tip = self._tip(_ref(run)) if _plain(run) else None
        if tip is None:
            return None
        with closing(BlobReader(self._git)) as blobs:
            files = {name: blobs.read(sha) for name, sha in self._blobs(tip).items()}
        return StoredRun(run, tip, files)

    def evidence_of(self, tree: str) -> Sequence[bytes]:
        """The evidence documents noted on `tree`, one a line."""
        text = self._note(NOTES, tree)
        return tuple(line for line in text.split(b"\n") if line.strip())

    def forget(self, runs: Sequence[str]) -> None:
        """Deletes the refs of `runs`."""
        tips = {run: self._tip(_ref(run)) for run in runs}
        self._move([f"delete {_ref(run)} {tip}\n" for run, tip in tips.items() if tip])

    def _land(self, moves: Sequence[str], landing: Landing) -> None:
        assert self._vault is not None  # noqa: S101 - composed with one where something can land
        parents = self._known_ancestors(landing.commit)
        branch = _create(f"refs/heads/{landing.branch}", landing.commit)
        for _ in range(_TRIES):
            tip = self._tip(NOTES)
            noted = self._with_note(self._vault, tip, landing)
            have = [*parents, tip] if tip else parents
            pack = self._vault.pack([landing.commit, noted], have)
            self._git.run("unpack-objects", "-q", stdin=pack)
            note = _update(NOTES, noted, tip) if tip else _create(NOTES, noted)
            try:
                return self._move([branch, *moves, note])
            except ConflictError:
                if self._tip(NOTES) == tip:
                    raise
        raise ConflictError(f"{NOTES} kept moving", "Run again when other runs have ended.")

    def _known_ancestors(self, commit: str) -> list[str]:
        """The nearest ancestors of a new commit that the operator's repository has already."""
        assert self._vault is not None  # noqa: S101 - see its caller
        known: list[str] = []
        unknown = [commit]
        while unknown:
            parents = self._vault.git.line("rev-parse", f"{unknown.pop()}^@").split()
            for parent in parents:
                there = self._git.call("cat-file", "-e", f"{parent}^{{commit}}").returncode == 0
                (known if there else unknown).append(parent)
        return known

    def _with_note(self, vault: Vault, tip: str | None, landing: Landing) -> str:
        """The notes commit that follows `tip`: the union of lines, as `cat_sort_uniq` would.

        Made in the vault by git's own notes code, which keeps the fan-out of the tree right.
        """
        before = self._note(NOTES, landing.tree) if tip else b""
        lines = {line for line in (*before.split(b"\n"), *landing.note.split(b"\n")) if line}
        git = vault.git.with_environment(**BOT_IDENTITY)
        text = b"\n".join(sorted(lines)) + b"\n"
        blob = git.line("hash-object", "-w", "--stdin", stdin=text)
        git.run("update-ref", *([NOTES, tip] if tip else ["-d", NOTES]))
        git.run("notes", f"--ref={NOTES}", "add", "-f", "-C", blob, landing.tree)
        return git.line("rev-parse", NOTES)

    def _note(self, ref: str, tree: str) -> bytes:
        done = self._git.call("notes", f"--ref={ref}", "show", "--", tree)
        return done.stdout if done.returncode == 0 else b""

    def _tip(self, ref: str) -> str | None:
        done = self._git.call("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def _blobs(self, commit: str) -> dict[str, str]:
        listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", commit).decode()
        pairs = (line.split("\t", 1) for line in listed.split("\0") if line)
        return {name: meta.split(" ")[2] for meta, name in pairs}

    def _tree(self, have: Mapping[str, str], files: Mapping[str, bytes]) -> str:
        written = {
            name: self._git.line("hash-object", "-w", "--stdin", stdin=content)
            for name, content in files.items()
        }
        return self._nested({**have, **written})

    def _nested(self, blobs: Mapping[str, str]) -> str:
        lines = [f"100644 blob {sha}\t{name}" for name, sha in blobs.items() if "/" not in name]
        folders = sorted({name.partition("/")[0] for name in blobs if "/" in name})
        for folder in folders:
            inside = {
                name.partition("/")[2]: sha
                for name, sha in blobs.items()
                if name.startswith(f"{folder}/")
            }
            lines.append(f"040000 tree {self._nested(inside)}\t{folder}")
        return self._git.line("mktree", "-z", stdin="\0".join([*lines, ""]).encode())

    def _commit(self, tree: str, parents: Sequence[str], subject: str) -> str:
        arguments = [part for parent in parents for part in ("-p", parent)]
        return self._git.line("commit-tree", *arguments, "-F", "-", tree, stdin=subject.encode())

    def _move(self, moves: Sequence[str]) -> None:
        """All refs or none: git locks each, checks the old values, then commits."""
        script = "".join(["start\n", *moves, "prepare\n", "commit\n"])
        done = self._git.call("update-ref", "--stdin", stdin=script.encode())
        if done.returncode == 0:
            return
        said = done.stderr.decode("utf-8", "replace").strip()
        if any(word in said for word in ("exists", "expected", "cannot lock")):
            raise ConflictError(f"a ref was moved by somebody else: {said}", "See: hexci ps")
        raise HexciError(f"git update-ref failed: {said}")


def _ref(run: str) -> str:
    return f"{RUNS}/{run}"


def _plain(run: str) -> bool:
    return bool(run) and all(c.isalnum() or c in "-_" for c in run)


def _create(ref: str, new: str) -> str:
    return f"create {ref} {new}\n"


def _update(ref: str, new: str, old: str) -> str:
    return f"update {ref} {new} {old}\n"
