"""Which two trees a check compares: from options, from a CI event, or from the index."""

import os
from pathlib import Path
from typing import Any

from hexci.adapters.git.objects import Found, ObjectReader
from hexci.adapters.git.plumbing import Git
from hexci.domain.ledger.sides import Sides
from hexci.errors import BadInputError

_FETCH_MORE = "Let the checkout fetch it: actions/checkout with fetch-depth: 2 (or more)"
_PROTECTED = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master")


class SideFinder:
    """Finds the sides in one repository; never guesses a base that is not there."""

    def __init__(self, git: Git, objects: ObjectReader) -> None:
        self._git = git
        self._objects = objects

    def between(self, base: str, head: str) -> Sides:
        """`base` against what a merge of `head` into it gives.

        Raises BadInputError when a ref is missing or the merge has conflicts.
        """
        ours, theirs = self._commit(base), self._commit(head)
        if self._meeting(ours, theirs) == ours:
            return self._sides(ours, theirs, base, head)
        done = self._git.call("merge-tree", "--write-tree", "--end-of-options", ours, theirs)
        if done.returncode != 0:
            raise BadInputError(
                f"{head} does not merge cleanly into {base}: what would land is unknown",
                f"Bring it up to date: git rebase {base}",
            )
        tree = done.stdout.split(b"\n", 1)[0].decode()
        named = _named(base, ours)
        return Sides(self._tree(ours), tree, named, f"{head} merged into it", f"{ours}..{theirs}")

    def of_event(self, name: str, event: dict[str, Any]) -> Sides:
        """The sides of a CI event by its name and payload. Raises BadInputError without a base."""
        if name in {"pull_request", "pull_request_target", "pull_request_review"}:
            return self._pull_request(event)
        if name == "merge_group":
            base = str(event.get("merge_group", {}).get("base_sha", "")) or "HEAD^1"
            return self._sides(self._commit(base), self._commit("HEAD"), base, "HEAD")
        if name == "push":
            return self._push(event)
        raise BadInputError(
            f"the event {name!r} lands nothing: there is no step to judge",
            "Name both sides (--base, --head), or run hexci adr audit",
        )

    def staged(self, base: str | None) -> Sides:
        """The index against the protected branch where this one left it (or against HEAD)."""
        tree = self._index_tree()
        named = base or next((ref for ref in _PROTECTED if self._look(ref)), "HEAD")
        found = self._look(named)
        if found is None and base is None:
            return Sides(self._empty_tree(), tree, "the empty repository", "the index")
        ours = self._commit(named)
        common = self._meeting(ours, self._commit("HEAD"))
        return Sides(self._tree(common), tree, _named(_short(named), common), "the index")

    def _pull_request(self, event: dict[str, Any]) -> Sides:
        request = event.get("pull_request", {})
        head = str(request.get("head", {}).get("sha", ""))
        base = str(request.get("base", {}).get("sha", ""))
        second = self._look("HEAD^2")
        if second is not None and head in {"", second.sha}:
            # the merge ref: its first parent is the tip of the base branch
            return self._sides(self._commit("HEAD^1"), self._commit("HEAD"), "HEAD^1", "HEAD")
        if not base:
            self._commit("HEAD^2")  # says what is missing
        return self.between(base, head or "HEAD")

    def _push(self, event: dict[str, Any]) -> Sides:
        before, after = str(event.get("before", "")), str(event.get("after", "") or "HEAD")
        if not before.strip("0"):
            branch = str(event.get("repository", {}).get("default_branch", "") or "main")
            return self.between(f"refs/remotes/origin/{branch}", after)
        ours, theirs = self._commit(before), self._commit(after)
        if self._meeting(ours, theirs) != ours:
            raise BadInputError(
                f"the branch was rewritten: {before[:12]} is no ancestor of {after[:12]}",
                "Put the old history back; a ledger's history is only added to.",
            )
        return self._sides(ours, theirs, before, after)

    def _sides(self, ours: str, theirs: str, base: str, head: str) -> Sides:
        trees = (self._tree(ours), self._tree(theirs))
        return Sides(*trees, _named(base, ours), head, f"{ours}..{theirs}")

    def _look(self, name: str) -> Found | None:
        return self._objects.look(f"{name}^{{commit}}")

    def _commit(self, name: str) -> str:
        found = None if name.startswith("-") else self._look(name)
        if found is None:
            raise BadInputError(f"{name!r} is not in this clone", _FETCH_MORE)
        return found.sha

    def _tree(self, commit: str) -> str:
        found = self._objects.look(f"{commit}^{{tree}}")
        if found is None:
            raise BadInputError(f"the tree of {commit} is not in this clone", _FETCH_MORE)
        return found.sha

    def _meeting(self, ours: str, theirs: str) -> str:
        if ours == theirs or self._is_parent(ours, theirs):
            return ours
        done = self._git.call("merge-base", ours, theirs)
        if done.returncode != 0:
            raise BadInputError(f"{ours[:12]} and {theirs[:12]} have no common base", _FETCH_MORE)
        return done.stdout.decode().strip()

    def _is_parent(self, commit: str, child: str) -> bool:
        """Whether `commit` is a parent of `child`; it spares most checks a `git merge-base`."""
        found = self._objects.look(child)
        header = found.content.partition(b"\n\n")[0] if found is not None else b""
        return f"\nparent {commit}\n".encode() in header

    def _index_tree(self) -> str:
        done = with_hook_index(self._git).call("write-tree")
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise BadInputError(f"the index cannot be read: {said}", "Finish the merge first.")
        return done.stdout.decode().strip()

    def _empty_tree(self) -> str:
        return self._git.line("hash-object", "-t", "tree", "-w", "--stdin")


def with_hook_index(git: Git) -> Git:
    """Git on the index that is about to be committed.

    `git commit -a` and partial commits hand the hook an index of their own.
    """
    index = os.environ.get("GIT_INDEX_FILE")
    return git.with_environment(GIT_INDEX_FILE=str(Path(index).absolute())) if index else git


def _short(ref: str) -> str:
    return ref.removeprefix("refs/remotes/").removeprefix("refs/heads/")


def _named(name: str, commit: str) -> str:
    return commit[:7] if name.strip("0123456789abcdef") == "" else f"{_short(name)} ({commit[:7]})"
