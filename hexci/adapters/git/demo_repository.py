"""Making the small repository of `hexci try`."""

from collections.abc import Mapping
from pathlib import Path

from hexci.adapters.git.plumbing import Git
from hexci.errors import BadInputError


def make_repository(folder: Path, files: Mapping[str, str]) -> None:
    """One commit of `files` in `folder`, which must be empty or not exist.

    Raises BadInputError otherwise: nothing of anybody's is ever written over.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(f"{folder} is not an empty folder", "Name one: hexci try --dir FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content)
    commit_all(folder, "Price orders")


def commit_all(folder: Path, message: str) -> None:
    """A new repository in `folder` with one commit of all that is there."""
    identity = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "You"), ("EMAIL", "you@example.org"))
    }
    git = Git(folder).with_environment(**identity)
    git.run("-c", "init.defaultBranch=main", "init", "-q")
    git.run("add", "-A", "-f")
    git.run("commit", "-q", "-m", message)
