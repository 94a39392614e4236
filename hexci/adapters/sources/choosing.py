"""Which files a run looks at, and where it keeps what it learned."""

import os

from hexci.adapters.sources.folder import FolderFiles
from hexci.adapters.sources.git_tree import CommittedFiles, StagedFiles, WorkTreeFiles
from hexci.adapters.sources.spawn import git_output
from hexci.errors import BadInputError, HexciError

Tree = StagedFiles | WorkTreeFiles | CommittedFiles | FolderFiles


def sources_for(root: str, tree: str) -> Tree:
    """The files below `root`: `worktree`, `staged`, or those of a commit.

    Raises BadInputError when `root` is no folder, or is in no repository where one is needed.
    """
    if not os.path.isdir(root):  # noqa: PTH112 - pathlib costs 8 ms to import
        raise BadInputError(f"{root} is not a folder")
    folder = git_folder(root)
    if tree == "worktree":
        return WorkTreeFiles(root) if folder else FolderFiles(root)
    if not folder:
        raise BadInputError(f"{root} is in no git repository", "Leave out --staged and --commit.")
    if tree == "staged":
        return StagedFiles(root, hook_index(folder))
    return CommittedFiles(root, _commit(root, tree))


def git_folder(root: str) -> str:
    """The repository's `.git` folder above `root`; empty where there is none."""
    here = os.path.abspath(root)  # noqa: PTH100
    while True:
        found = f"{here.rstrip('/')}/.git"
        if os.path.isdir(found):  # noqa: PTH112
            return found
        if os.path.isfile(found):  # noqa: PTH113
            return _pointed_at(found)
        above = os.path.dirname(here)  # noqa: PTH120
        if above == here:
            return ""
        here = above


def hook_index(folder: str) -> str:
    """The index a git hook was told to use, if it is one of this repository."""
    index = os.environ.get("GIT_INDEX_FILE", "")
    full = os.path.abspath(index) if index else ""  # noqa: PTH100
    return full if full.startswith(f"{folder}/") else ""


def cache_folder(root: str) -> str:
    """Where the graph of `root` is kept: in its `.git`, else in the user's cache folder."""
    import hashlib  # noqa: PLC0415

    full = os.path.realpath(root)
    name = hashlib.sha256(os.fsencode(full)).hexdigest()[:12]
    folder = git_folder(root)
    if folder:
        return f"{folder}/hexci/analyze-{name}"
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return f"{home}/hexci/analyze-{name}"


def _pointed_at(file: str) -> str:
    """The folder that a `.git` file of a worktree names."""
    try:
        with open(file, encoding="utf-8") as source:  # noqa: PTH123
            text = source.read(4096)
    except (OSError, UnicodeDecodeError):
        return ""
    named = text.removeprefix("gitdir:").strip()
    return os.path.normpath(f"{os.path.dirname(file)}/{named}") if named[:1] != "/" else named  # noqa: PTH120


def _commit(root: str, ref: str) -> str:
    try:
        out = git_output(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    except HexciError as error:
        raise BadInputError(f"{ref} names no commit here", "Fetch it first.") from error
    return out.decode().strip()
