"""Decisions about people as notes on commits: one line each, added by compare-and-swap."""

import json
import random
import time
from collections.abc import Mapping

from hexci.adapters.git.refs import GitRefs
from hexci.domain.canonical import Json, canonical
from hexci.errors import ConflictError

NOTES = "refs/notes/hexci/audit"
_TRIES = 40


class GitAudit:
    """Port Audit over `refs/notes/hexci/audit`, here or in a remote."""

    def __init__(self, refs: GitRefs) -> None:
        self._refs = refs
        self._git = refs.git

    def write(self, commit: str, line: Mapping[str, Json]) -> None:
        """Adds a line. Raises ConflictError when others were always faster."""
        said = canonical(dict(line)) + b"\n"
        for attempt in range(_TRIES):
            tip = self._refs.fetched(NOTES)
            notes = self._notes(tip)
            before = self._git.run("cat-file", "blob", notes[commit]) if commit in notes else b""
            notes[commit] = self._git.line("hash-object", "-w", "--stdin", stdin=before + said)
            # a flat tree: git reads any fan-out, and makes its own when it writes
            entries = "".join(f"100644 blob {blob}\t{name}\0" for name, blob in notes.items())
            tree = self._git.line("mktree", "-z", stdin=entries.encode())
            if self._refs.put(NOTES, tip, tree, "a decision"):
                return
            time.sleep(random.random() * min(1.0, 0.02 * 2**attempt))  # noqa: S311 - jitter
        raise ConflictError(f"{NOTES} kept changing for {_TRIES} tries", "Try again later.")

    def commits(self) -> tuple[str, ...]:
        """The commits that something was decided about."""
        return tuple(sorted(self._notes(self._refs.fetched(NOTES))))

    def lines(self, commit: str) -> tuple[Mapping[str, Json], ...]:
        """All lines of a commit, oldest first."""
        notes = self._notes(self._refs.fetched(NOTES))
        if commit not in notes:
            return ()
        found = []
        for line in self._git.run("cat-file", "blob", notes[commit]).splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                found.append(value)
        return tuple(found)

    def _notes(self, tip: str) -> dict[str, str]:
        """Blobs by the commit they are about."""
        if not tip:
            return {}
        listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", tip).decode()
        pairs = (line.split("\t", 1) for line in listed.split("\0") if line)
        return {name.replace("/", ""): meta.split(" ")[2] for meta, name in pairs}
