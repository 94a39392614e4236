"""Where the repository is, without starting git."""

import os


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


def _pointed_at(file: str) -> str:
    """The folder that a `.git` file of a worktree names."""
    try:
        with open(file, encoding="utf-8") as source:  # noqa: PTH123
            text = source.read(4096)
    except (OSError, UnicodeDecodeError):
        return ""
    named = text.removeprefix("gitdir:").strip()
    return os.path.normpath(f"{os.path.dirname(file)}/{named}") if named[:1] != "/" else named  # noqa: PTH120
