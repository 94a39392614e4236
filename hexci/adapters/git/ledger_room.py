"""One repository as the ledger's use cases need it: sides, source, config, work tree."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hexci.adapters.git.ledger_sides import SideFinder, with_hook_index
from hexci.adapters.git.ledger_source import GitLedgerSource
from hexci.adapters.git.objects import ObjectReader
from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.work_tree import WorkTree
from hexci.domain.config_path import CONFIG_PATH
from hexci.errors import BadInputError


@dataclass(frozen=True, slots=True)
class LedgerRoom:
    """What reads and writes a repository's ledger."""

    git: Git
    objects: ObjectReader
    sides: SideFinder
    source: GitLedgerSource

    def config_of(self, tree: str) -> bytes | None:
        """The config file of a tree, or None."""
        return self.content(tree, CONFIG_PATH)

    def content(self, tree: str, path: str) -> bytes | None:
        """A file of a tree, or None."""
        found = self.objects.look(f"{tree}:{path}")
        return found.content if found is not None and found.kind == "blob" else None

    def messages(self, commits: str) -> str | None:
        """The messages of a range as far as this clone has them; None for no range."""
        if not commits:
            return None
        said = self.git.run("log", "--max-count=1000", "--format=%B", "--end-of-options", commits)
        return said.decode("utf-8", "replace")

    def commit(self, ref: str) -> str:
        """The commit that `ref` names. Raises BadInputError when it names none."""
        found = None if ref.startswith("-") else self.objects.look(f"{ref}^{{commit}}")
        if found is None:
            raise BadInputError(f"{ref!r} names no commit here", "See: git log --oneline --all")
        return found.sha

    def tree(self, ref: str) -> str:
        """The tree of the commit that `ref` names."""
        found = self.objects.look(f"{self.commit(ref)}^{{tree}}")
        assert found is not None  # noqa: S101 - a commit has a tree
        return found.sha

    def unstaged(self, folder: str) -> int:
        """How many files of `folder` differ between the work tree and the index."""
        listed = with_hook_index(self.git).run(
            *("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"),
            *("--ignore-submodules", "--", f":(top){folder}"),
        )
        entries = listed.decode("utf-8", "surrogateescape").split("\0")
        return sum(entry[1:2] not in {"", " "} for entry in entries)

    def work_tree(self) -> WorkTree:
        """The checkout's files."""
        return WorkTree(self.top())

    def top(self) -> Path:
        """The checkout's top folder. Raises BadInputError in a bare repository."""
        done = self.git.call("rev-parse", "--show-toplevel")
        if done.returncode != 0:
            raise BadInputError("there is no work tree here", "Run it in a checkout.")
        return Path(done.stdout.decode("utf-8", "surrogateescape").rstrip("\n"))


@contextmanager
def ledger_room(folder: Path) -> Iterator[LedgerRoom]:
    """The repository that `folder` is in. Raises BadInputError when it is in none."""
    git = Git(folder)
    if not _has_git(folder) and not git.succeeds("rev-parse", "--git-dir"):
        raise BadInputError(
            f"{folder} is not inside a git repository",
            "Change to the repository, or make one: git init && git add -A && git commit",
        )
    objects = ObjectReader(git)
    try:
        source = GitLedgerSource(git, objects)
        yield LedgerRoom(git, objects, SideFinder(git, objects), source)
    finally:
        objects.close()


def _has_git(folder: Path) -> bool:
    """Whether a `.git` above says that this is a checkout: it spares the question to git."""
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def ci_event() -> tuple[str, dict[str, Any]] | None:
    """Name and payload of the GitHub event that runs us, or None on a laptop."""
    name = os.environ.get("GITHUB_EVENT_NAME", "")
    if not name or os.environ.get("GITHUB_ACTIONS") != "true":
        return None
    path = os.environ.get("GITHUB_EVENT_PATH", "")
    try:
        event = json.loads(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise BadInputError(f"the event file {path!r} cannot be read: {error}") from error
    return name, event if isinstance(event, dict) else {}


def said_on_request() -> str:
    """The description of the CI event's pull request: a squash merge makes it the message."""
    event = ci_event()
    request = event[1].get("pull_request") if event else None
    return str(request.get("body") or "") if isinstance(request, dict) else ""


def labels_of(event: dict[str, Any]) -> frozenset[str]:
    """The labels of an event's pull request."""
    labels = event.get("pull_request", {}).get("labels", [])
    return frozenset(str(label.get("name", "")) for label in labels if isinstance(label, dict))
