"""Git for ledgers in memory: trees are snapshots, the first-parent line is a list of them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hexci.domain.ledger.code import AddedLine
from hexci.ports.ledger import Difference, Entry, Landing

Snapshot = Mapping[str, bytes]


@dataclass
class LedgerGit:
    """The ports LedgerSource, LedgerHistory and LedgerDesk; a tree's SHA is its number."""

    trees: list[dict[str, bytes]] = field(default_factory=lambda: [{}])
    work: dict[str, bytes] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)

    def land(self) -> tuple[str, str]:
        """Commits the work tree; the trees before and after."""
        self.trees.append(dict(self.work))
        return str(len(self.trees) - 2), str(len(self.trees) - 1)

    def entries(self, tree: str, folder: str) -> tuple[Entry, ...]:
        snapshot = self.trees[int(tree)]
        return tuple(
            self._entry(p, snapshot) for p in sorted(snapshot) if p.startswith(f"{folder}/")
        )

    def contents(self, shas: Iterable[str]) -> Mapping[str, bytes]:
        return {sha: self.blobs[sha] for sha in shas}

    def differences(self, base: str, head: str) -> tuple[Difference, ...]:
        old, new = self.trees[int(base)], self.trees[int(head)]
        return tuple(
            Difference(
                path,
                self._entry(path, old) if path in old else None,
                self._entry(path, new) if path in new else None,
            )
            for path in sorted({*old, *new})
            if old.get(path) != new.get(path)
        )

    def added_lines(self, base: str, head: str, folder: str) -> tuple[AddedLine, ...]:
        return ()

    def files(self, tree: str) -> tuple[str, ...]:
        return tuple(sorted(self.trees[int(tree)]))

    def landings(self, head: str, paths: Iterable[str]) -> Iterator[Landing]:
        for number in range(1, len(self.trees)):
            rows = self.differences(str(number - 1), str(number))
            yield Landing(f"{number:040}", "Ada", "2026-01-01", f"Landing {number}", rows)

    def read(self, folder: str) -> Mapping[str, bytes | None]:
        return {p: c for p, c in self.work.items() if p.startswith(f"{folder}/")}

    def write(self, files: Mapping[str, bytes | None]) -> None:
        for path, content in files.items():
            if content is None:
                self.work.pop(path, None)
            else:
                self.work[path] = content

    def _entry(self, path: str, snapshot: Snapshot) -> Entry:
        content = snapshot[path]
        sha = hashlib.sha256(content).hexdigest()
        self.blobs[sha] = content
        return Entry(path, "100644", sha)
