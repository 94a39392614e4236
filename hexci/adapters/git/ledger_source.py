"""Ledgers read from git objects: three processes for a check, whatever the ledger's size."""

from collections.abc import Iterable, Iterator, Mapping

from hexci.adapters.git.objects import ObjectReader
from hexci.adapters.git.patch_lines import added_lines
from hexci.adapters.git.plumbing import Git
from hexci.domain.ledger.code import AddedLine
from hexci.errors import BadInputError, HexciError
from hexci.ports.ledger import Difference, Entry, Landing

_NO_MODE = "000000"
_DIFF = ("--raw", "-z", "--no-renames", "--no-abbrev")


class GitLedgerSource:
    """The ports LedgerSource and LedgerHistory on one repository."""

    def __init__(self, git: Git, objects: ObjectReader) -> None:
        self._git = git
        self._objects = objects

    def entries(self, tree: str, folder: str) -> tuple[Entry, ...]:
        """All below `folder`, sorted by path; empty when there is no such folder."""
        found = self._objects.look(f"{tree}:{folder}")
        if found is None or found.kind != "tree":
            return ()
        width = len(found.sha) // 2
        return tuple(sorted(self._walk(found.content, folder, width), key=lambda e: e.path))

    def contents(self, shas: Iterable[str]) -> Mapping[str, bytes]:
        """Blobs by SHA. Raises HexciError for one that is missing."""
        wanted = list(dict.fromkeys(shas))
        blobs: dict[str, bytes] = {}
        for sha, found in zip(wanted, self._objects.look_all(wanted), strict=True):
            if found is None:
                raise HexciError(f"object {sha} is missing from the repository", "See: git fsck")
            blobs[sha] = found.content
        return blobs

    def differences(self, base: str, head: str) -> tuple[Difference, ...]:
        """What differs between two trees; no renames, sorted by path."""
        listed = self._git.run("diff-tree", "-r", *_DIFF, "--end-of-options", base, head, "--")
        rows = _rows(_tokens(listed))
        return tuple(sorted(rows, key=lambda d: d.path))

    def added_lines(self, base: str, head: str, folder: str) -> tuple[AddedLine, ...]:
        """Added lines that could cite a record of the ledger in `folder`."""
        needle = f"adr:|{_escaped(folder)}/|[.]md"
        patch = self._git.run(
            *("diff-tree", "-r", "-p", "-U0", "--no-renames", "--no-color", "--no-ext-diff"),
            *("--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--diff-filter=AMT"),
            *("--no-indent-heuristic", f"-G{needle}", "--end-of-options", base, head, "--"),
        )
        lines = added_lines(patch)
        hints = ("adr:", f"{folder}/", ".md")
        return tuple(line for line in lines if any(hint in line.text for hint in hints))

    def files(self, tree: str) -> tuple[str, ...]:
        """Every path of a tree."""
        listed = self._git.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", tree)
        return tuple(_tokens(listed))

    def landings(self, head: str, paths: Iterable[str]) -> Iterator[Landing]:
        """The commits that touched `paths`, oldest first. Raises BadInputError when shallow."""
        if self._git.line("rev-parse", "--is-shallow-repository") == "true":
            raise BadInputError(
                "the clone is shallow: its history cannot be audited",
                "Fetch all of it: git fetch --unshallow, or fetch-depth: 0 in the workflow",
            )
        listed = self._git.run(
            *("log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--root"),
            *(*_DIFF, "--format=%x01%H%x00%an <%ae>%x00%cI%x00%x02%s", head, "--", *paths),
        )
        return _landings(_tokens(listed))

    def _walk(self, content: bytes, folder: str, width: int) -> Iterator[Entry]:
        position = 0
        while position < len(content):
            end = content.index(b"\0", position)
            mode, name = content[position:end].split(b" ", 1)
            sha = content[end + 1 : end + 1 + width].hex()
            position = end + 1 + width
            path = f"{folder}/{name.decode('utf-8', 'surrogateescape')}"
            if mode == b"40000":
                below = self._objects.look(sha)
                yield from self._walk(below.content if below else b"", path, width)
            else:
                yield Entry(path, mode.decode(), sha)


def _tokens(listed: bytes) -> list[str]:
    return [t for t in listed.decode("utf-8", "surrogateescape").split("\0") if t]


def _rows(tokens: list[str]) -> Iterator[Difference]:
    for position in range(0, len(tokens) - 1, 2):
        yield _difference(tokens[position], tokens[position + 1])


def _difference(facts: str, path: str) -> Difference:
    old_mode, new_mode, old_sha, new_sha, _ = facts.lstrip("\n:").split(" ")
    old = None if old_mode == _NO_MODE else Entry(path, old_mode, old_sha)
    new = None if new_mode == _NO_MODE else Entry(path, new_mode, new_sha)
    return Difference(path, old, new)


def _landings(tokens: list[str]) -> Iterator[Landing]:
    position = 0
    while position < len(tokens):
        commit = tokens[position].lstrip("\n\x01")
        author, date, subject = tokens[position + 1 : position + 4]
        position += 4
        rows = []
        while position < len(tokens) and tokens[position].lstrip("\n").startswith(":"):
            rows.append(_difference(tokens[position], tokens[position + 1]))
            position += 2
        yield Landing(commit, author, date, subject[1:], tuple(sorted(rows, key=lambda d: d.path)))


def _escaped(folder: str) -> str:
    return "".join(c if c.isalnum() or c in "/_-" else f"[{c}]" for c in folder)
