"""Which files a run looks at, and where it keeps what it learned."""

import os

from hexci.adapters.sources.repository import git_folder
from hexci.adapters.sources.stamps import digest, stamp_of
from hexci.errors import BadInputError, HexciError

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.adapters.sources.folder import FolderFiles
    from hexci.adapters.sources.git_tree import CommittedFiles, ListedFiles, WorkTreeFiles
    from hexci.adapters.sources.staged import StagedFiles
    from hexci.adapters.sources.stamps import Stamp

    Tree = StagedFiles | ListedFiles | WorkTreeFiles | CommittedFiles | FolderFiles


def sources_for(root: str, tree: str, stamp: "Stamp | None" = None) -> "Tree":
    """The files below `root`: `worktree`, `staged`, those of a commit, or of where we left one.

    `REF...` is the merge base of REF and HEAD, as in `git diff REF...`. What git said for a
    `stamp` is not asked again.

    Raises BadInputError when `root` is no folder, or is in no repository where one is needed.
    """
    if not os.path.isdir(root):  # noqa: PTH112 - pathlib costs 8 ms to import
        raise BadInputError(f"{root} is not a folder")
    folder = git_folder(root)
    listed, dirty = (stamp.listed, stamp.dirty) if stamp else (None, None)
    if tree == "staged" and folder:
        return _staged(root, stamp or stamp_of(root, tree))
    from hexci.adapters.sources.git_tree import CommittedFiles, WorkTreeFiles  # noqa: PLC0415

    if tree == "worktree" and folder:
        return WorkTreeFiles(root, listed, dirty)
    if tree == "worktree":
        from hexci.adapters.sources.folder import FolderFiles  # noqa: PLC0415 - seldom needed

        return FolderFiles(root)
    if not folder:
        raise BadInputError(f"{root} is in no git repository", "Leave out --staged and --commit.")
    if tree.endswith("..."):
        return CommittedFiles(root, _merge_base(root, tree.removesuffix("...")))
    return CommittedFiles(root, _commit(root, tree))


def _staged(root: str, stamp: "Stamp") -> "StagedFiles | ListedFiles":
    if stamp.index is not None and stamp.places is not None:
        from hexci.adapters.sources.staged import StagedFiles  # noqa: PLC0415

        return StagedFiles(root, stamp.index, stamp.places)
    from hexci.adapters.sources.git_tree import ListedFiles  # noqa: PLC0415 - brings what starts git

    return ListedFiles(root, stamp.listed or b"")


def cache_folder(root: str) -> str:
    """Where the graph of `root` is kept: in its `.git`, else in the user's cache folder."""
    name = digest([os.fsencode(os.path.realpath(root))])[:12]
    folder = git_folder(root)
    if folder:
        return f"{folder}/hexci/analyze-{name}"
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return f"{home}/hexci/analyze-{name}"


def _commit(root: str, ref: str) -> str:
    from hexci.adapters.sources.spawn import git_output  # noqa: PLC0415

    try:
        out = git_output(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    except HexciError as error:
        raise BadInputError(f"{ref} names no commit here", "Fetch it first.") from error
    return out.decode().strip()


def _merge_base(root: str, ref: str) -> str:
    from hexci.adapters.sources.spawn import git_output  # noqa: PLC0415

    base = _commit(root, ref)
    try:
        return git_output(root, "merge-base", base, "HEAD").decode().strip()
    except HexciError:
        return base  # a shallow clone, or no common history: the ref itself
