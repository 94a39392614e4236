"""A private object store beside the operator's: everything a run makes lives here until EMIT.

It borrows the operator's objects through `alternates`, so nothing is copied, and it has a config
of its own, so nothing that the operator's repository configures can run.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hexci.adapters.git.blobs import BlobReader
from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.fixes import fixes_in
from hexci.adapters.git.newest import newest_lines
from hexci.adapters.git.plumbing import Git
from hexci.domain.change import Change, ChangeKind, FileChange
from hexci.errors import BadInputError

_REGULAR = ("100644", "100755")
_LARGEST_FIXED = 300_000  # bytes of a file whose fixes are looked at


class Vault:
    """Trees, commits and blobs, written where no ref, index or work tree can notice."""

    def __init__(self, folder: Path, checkout: Checkout) -> None:
        self.folder = folder
        self.checkout = checkout
        self.git = Git(folder)
        self._blobs = BlobReader(self.git)
        self._listings: dict[str, dict[str, tuple[str, str]]] = {}

    def resolve(self, ref: str) -> str:
        """The commit SHA `ref` names in the operator's repository."""
        return self.checkout.resolve(ref)

    def tree_of(self, commit: str) -> str:
        """The tree SHA of a commit."""
        return self.git.line("rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}")

    def files(self, tree: str) -> Mapping[str, str]:
        """Every path of a tree with its git mode."""
        return {path: mode for path, (mode, _) in self._entries(tree).items()}

    def read(self, tree: str, path: str) -> bytes | None:
        """A regular file's content, None where the tree has none."""
        mode, sha = self._entries(tree).get(path, ("", ""))
        return self._blobs.read(sha) if mode in _REGULAR else None

    def change(self, base_tree: str, tree: str) -> Change:
        """What differs between two trees, renames as delete plus add, with the patch."""
        raw = self.git.run(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base_tree, tree
        )
        fields = raw.decode("utf-8", "surrogateescape").split("\0")
        files = tuple(
            self._file_change(meta, path)
            for meta, path in zip(fields[::2], fields[1::2], strict=False)
        )
        patch = self.git.run(
            "diff-tree", "-p", "--binary", "--full-index", "--no-renames", "--no-ext-diff",
            "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", base_tree, tree,
        )  # fmt: skip
        return Change(base_tree, tree, files, patch)

    def overlay(self, tree: str, files: Mapping[str, bytes | None]) -> str:
        """The tree with `files` written over it (None deletes), modes kept; its SHA."""
        entries = self._entries(tree)
        lines = []
        for path, content in files.items():
            if content is None:
                lines.append(_index_line("0", "0" * self._sha_length, path))
                continue
            mode, _ = entries.get(path, ("100644", ""))
            sha = self.git.line("hash-object", "-w", "--stdin", "--no-filters", stdin=content)
            lines.append(_index_line(mode if mode in _REGULAR else "100644", sha, path))
        return self._rewritten(tree, lines)

    def restore(self, tree: str, source: str, paths: Sequence[str]) -> str:
        """`tree` with `paths` exactly as `source` has them (absent there: removed); its SHA."""
        have = self._entries(source)
        gone = ("0", "0" * self._sha_length)
        return self._rewritten(tree, [_index_line(*have.get(path, gone), path) for path in paths])

    def patched(self, tree: str, patch: bytes) -> str:
        """The tree with a patch applied. Raises BadInputError when it does not apply."""
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            git = self.git.with_environment(GIT_INDEX_FILE=str(Path(scratch) / "index"))
            git.run("read-tree", tree)
            done = git.call(
                "apply", "--cached", "--whitespace=nowarn", "--allow-empty", "-", stdin=patch
            )
            if done.returncode != 0:
                said = done.stderr.decode("utf-8", "replace").partition("\n")[0]
                raise BadInputError(
                    f"the patch does not apply to the base: {said}",
                    "Make it with: git diff --binary BASE HEAD",
                )
            return git.line("write-tree")

    def search(self, tree: str, pattern: str, glob: str, most: int) -> Sequence[str]:
        """At most `most` matching lines; the pattern is a pattern even when it begins with `-`."""
        pathspec = [f":(glob){glob}"] if glob else []
        done = self.git.call(
            "grep", "-n", "-I", "-E", "--full-name", "--no-color", "-z", "--max-count", str(most),
            "-e", pattern, tree, "--", *pathspec,
        )  # fmt: skip
        if done.returncode > 1:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise BadInputError(f"the pattern cannot be searched for: {said}")
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        return [_found(line, tree) for line in lines[:most]]

    def small_fixes(self, commit: str, most: int) -> Iterator[tuple[str, bytes, bytes]]:
        """(path, before, after) of fixes of one Python file among the last `most` commits."""
        for path, old, new in fixes_in(self.git, commit, most):
            before, after = self._blobs.read(old), self._blobs.read(new)
            if max(len(before), len(after)) <= _LARGEST_FIXED:
                yield path, before, after

    def newest_lines(self, commit: str) -> Mapping[str, frozenset[int]]:
        """Lines of Python files that the last few commits wrote."""
        return newest_lines(self.git, commit)

    def commit(self, tree: str, parents: Sequence[str], message: str, *, who: str, at: str) -> str:
        """A commit of `tree` by `who` (`Name <address>`) at `at` (ISO 8601); its SHA, no ref."""
        name, _, address = who.partition(" <")
        identity = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", name), ("EMAIL", address.rstrip(">")), ("DATE", at))
        }
        arguments = [part for parent in parents for part in ("-p", parent)]
        git = self.git.with_environment(**identity)
        return git.line("commit-tree", *arguments, "-F", "-", tree, stdin=message.encode())

    def pack(self, wanted: Sequence[str], have: Sequence[str]) -> bytes:
        """A pack of all objects reachable from `wanted` and not from `have`."""
        revs = "".join(f"{sha}\n" for sha in wanted) + "".join(f"^{sha}\n" for sha in have)
        return self.git.run("pack-objects", "--revs", "--stdout", "-q", stdin=revs.encode())

    def close(self) -> None:
        """Ends the reader process."""
        self._blobs.close()

    @property
    def _sha_length(self) -> int:
        return 64 if self.checkout.object_format == "sha256" else 40

    def _entries(self, tree: str) -> dict[str, tuple[str, str]]:
        if tree not in self._listings:
            raw = self.git.run("ls-tree", "-r", "-z", "--full-tree", tree)
            self._listings[tree] = dict(
                _listed(line) for line in raw.decode("utf-8", "surrogateescape").split("\0") if line
            )
        return self._listings[tree]

    def _file_change(self, meta: str, path: str) -> FileChange:
        mode_before, mode_after, before, after, letter = meta.lstrip(":").split(" ")
        kind = {"A": ChangeKind.ADDED, "D": ChangeKind.DELETED}.get(letter, ChangeKind.MODIFIED)
        return FileChange(
            path=path,
            kind=kind,
            mode_before="" if kind is ChangeKind.ADDED else mode_before,
            mode_after="" if kind is ChangeKind.DELETED else mode_after,
            before=self._blobs.read(before) if mode_before in _REGULAR else None,
            after=self._blobs.read(after) if mode_after in _REGULAR else None,
        )

    def _rewritten(self, tree: str, index_lines: Sequence[bytes]) -> str:
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            git = self.git.with_environment(GIT_INDEX_FILE=str(Path(scratch) / "index"))
            git.run("read-tree", tree)
            git.run("update-index", "-z", "--replace", "--index-info", stdin=b"".join(index_lines))
            return git.line("write-tree")


@contextmanager
def vault_for(checkout: Checkout, folder: Path) -> Iterator[Vault]:
    """A vault in `folder` (made here), gone when the block ends."""
    Git(folder.parent).run(
        "init",
        "-q",
        "--bare",
        "--template=",
        f"--object-format={checkout.object_format}",
        "--",
        str(folder),
    )
    if "\n" in str(checkout.common):
        raise BadInputError("the repository's path contains a line break", "Move the repository.")
    (folder / "objects" / "info").mkdir(exist_ok=True)
    (folder / "objects" / "info" / "alternates").write_text(
        f"{_quoted(checkout.common / 'objects')}\n"
    )
    if (checkout.common / "shallow").exists():
        shutil.copyfile(checkout.common / "shallow", folder / "shallow")
    vault = Vault(folder, checkout)
    try:
        yield vault
    finally:
        vault.close()


def _quoted(path: Path) -> str:
    # git unquotes C style when the line starts with a double quote; `#` would start a comment
    text = str(path)
    if text.startswith(('"', "#")) or "\\" in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text


def _found(line: str, tree: str) -> str:
    # `-z` separates path, line number and text by NUL, so that colons in paths do no harm
    path, _, rest = line.removeprefix(f"{tree}:").partition("\0")
    number, _, text = rest.partition("\0")
    return f"{path}:{number}: {text[:200]}"


def _listed(line: str) -> tuple[str, tuple[str, str]]:
    meta, path = line.split("\t", 1)
    mode, _, sha = meta.split(" ")
    return path, (mode, sha)


def _index_line(mode: str, sha: str, path: str) -> bytes:
    return f"{mode} {sha}\t{path}\0".encode("utf-8", "surrogateescape")
