"""Who imports whom, in flat columns: quick to build, to store and to walk.

Node `i` is `paths[i]`. Its rows are `first[i]` to `first[i + 1]`; a row says what is imported
(`target`), where (`line`, and the column in `meta`) and how (bits in `meta`), and in which words
(`spec`). A target from 0 on is a node; below 0 it is `names[-target - 1]`, a marked name.
"""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, pairwise

from hexci.domain.boundaries.cycles import Knots, knots_of
from hexci.domain.boundaries.kinds import ASSET, CONTAINMENT, LAZY, TEST, TYPE_ONLY
from hexci.domain.boundaries.selectors import Placement, place
from hexci.domain.boundaries.targets import EXTERNAL, UNRESOLVED

IGNORE = 256  # a row that is an in-code ignore; its spec is the text after the colon
PROBLEM = 512  # a row that is a note on the file; its spec says what could not be read
DECLARES = 1024  # a row that holds the package or namespace a file declares
PARSED = 4096  # a row of a file that the scanner was unsure of
NOTES = IGNORE | PROBLEM | DECLARES | PARSED
BITS = 13  # of meta; the column stands above them
WIDEST = 0x3FFFF  # what is left for the column
_MASK = (1 << BITS) - 1
_HIGHEST = array("i").itemsize - 1 if sys.byteorder == "little" else 0
_NOT_NEGATIVE = bytes([1] * 128 + [0] * 128)


class Kept:
    """A graph, what it was kept under, and the blob SHA of each of its files."""

    __slots__ = ("graph", "key", "shas")

    def __init__(self, key: str, graph: "Graph", shas: list[str]) -> None:
        """`shas` stand in the order of the graph's paths."""
        self.key, self.graph, self.shas = key, graph, shas


class Links:
    """Some rows that lead from file to file, per node: a sequence of the rows of each."""

    __slots__ = ("_knots", "first", "rows", "targets")

    def __init__(self, first: "array[int]", rows: "array[int]", targets: "array[int]") -> None:
        """Node `i` has `rows[first[i]:first[i + 1]]`, which lead to the same of `targets`."""
        self.first, self.rows, self.targets = first, rows, targets
        self._knots: Knots | None = None

    def __len__(self) -> int:
        return len(self.first) - 1

    def __getitem__(self, node: int) -> "array[int]":
        return self.rows[self.first[node] : self.first[node + 1]]

    def __iter__(self) -> "Iterator[array[int]]":
        start = 0
        for end in self.first[1:]:
            yield self.rows[start:end]
            start = end

    def successors(self, node: int) -> "array[int]":
        """The nodes that a node leads to."""
        return self.targets[self.first[node] : self.first[node + 1]]

    def knots(self) -> Knots:
        """The cycles among them; found once."""
        if self._knots is None:
            self._knots = knots_of(len(self), self.successors)
        return self._knots


class Graph:
    """The columns. Made by `GraphWriter`, changed by nobody afterwards."""

    __slots__ = (
        "_inside", "_kinds", "_leading", "_links", "_notes", "_placed", "first", "lines", "meta",
        "modules", "names", "paths", "specs", "targets", "tests", "texts",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 - as a dataclass it takes 4 ms more of a hook's 40
        self,
        *,
        paths: list[str],
        modules: list[str],
        tests: bytearray,
        first: "array[int]",
        targets: "array[int]",
        lines: "array[int]",
        meta: "array[int]",
        specs: "array[int]",
        names: list[str],
        texts: list[str],
    ) -> None:
        """The columns and the tables they point into, as the module says."""
        self.paths, self.modules, self.tests = paths, modules, tests
        self.first, self.targets, self.lines = first, targets, lines
        self.meta, self.specs = meta, specs
        self.names, self.texts = names, texts
        self._notes: list[int] | None = None
        self._kinds: frozenset[int] = frozenset()
        self._inside: frozenset[int] = frozenset()
        self._leading = b""
        self._placed: dict[tuple[tuple[str, ...], ...], Placement] = {}
        self._links: dict[tuple[frozenset[int], bool], Links] = {}

    def rows(self, node: int) -> range:
        """The rows of a node."""
        return range(self.first[node], self.first[node + 1])

    def bits(self, row: int) -> int:
        """The kind of an import."""
        return self.meta[row] & _MASK

    def column(self, row: int) -> int:
        """Its column, from 1."""
        return self.meta[row] >> BITS

    def text(self, row: int) -> str:
        """What stands in the source, as a spec."""
        return self.texts[self.specs[row]]

    def name(self, target: int) -> str:
        """The marked name of a target below 0, without its mark."""
        return self.names[-target - 1][1:]

    def mark(self, target: int) -> str:
        """`EXTERNAL`, `UNRESOLVED` or `NOTHING` for a target below 0."""
        return self.names[-target - 1][0]

    def module(self, target: int) -> str:
        """What a target is called in a message."""
        return self.modules[target] if target >= 0 else self.name(target)

    def leading(self) -> bytes:
        """A 1 for each row that leads to a file."""
        if not self._leading:
            # a number below 0 is told by the highest of its bytes, and these are had at once
            highest = self.targets.tobytes()[_HIGHEST :: self.targets.itemsize]
            self._leading = highest.translate(_NOT_NEGATIVE)
        return self._leading

    def kinds(self, bits: int) -> frozenset[int]:
        """The `meta` of rows that have one of `bits`: few, since most rows are alike."""
        if not self._kinds:
            self._kinds = frozenset(self.meta)
        return frozenset([meta for meta in self._kinds if meta & bits])

    def placed(self, groups: Iterable[Iterable[str]]) -> Placement:
        """Which of some groups of patterns each node is in; found once."""
        key = tuple(map(tuple, groups))
        if key not in self._placed:
            self._placed[key] = place(key, self.modules, self.paths)
        return self._placed[key]

    def imports(self, *, type_only: bool, tests: bool, lazy: bool = True) -> Links:
        """Rows that count as imports between files, per node; kept for the next rule."""
        left_out = CONTAINMENT | ASSET | NOTES
        left_out |= 0 if type_only else TYPE_ONLY
        left_out |= 0 if lazy else LAZY
        left_out |= 0 if tests else TEST
        everywhere = tests or not any(self.tests)
        key = (self._between_files() & self.kinds(left_out), everywhere)
        if key not in self._links:
            self._links[key] = self._count(*key)
        return self._links[key]

    def _between_files(self) -> frozenset[int]:
        """The `meta` of rows that lead to a file."""
        if not self._inside:
            self._inside = frozenset(compress(self.meta, self.leading()))
        return self._inside

    def _count(self, kinds: frozenset[int], everywhere: bool) -> Links:  # noqa: FBT001
        first = self.first
        if kinds:
            pairs = zip(self.targets, self.meta, strict=True)
            counts = bytearray([target >= 0 and meta not in kinds for target, meta in pairs])
        else:
            counts = bytearray(self.leading())
        if not everywhere:
            for node in compress(range(len(self.tests)), self.tests):
                start, end = first[node], first[node + 1]
                counts[start:end] = bytes(end - start)
        # an array takes a list at once, and all else one by one
        rows = array("i", list(compress(range(len(counts)), counts)))
        targets = array("i", list(compress(self.targets, counts)))
        each = [counts.count(1, start, end) for start, end in pairwise(first)]
        return Links(array("i", list(accumulate(each, initial=0))), rows, targets)

    def externals(self) -> Iterator[tuple[int, int]]:
        """(node, row) of every import of a package from outside."""
        return self._to(EXTERNAL)

    def unresolved(self) -> Iterator[tuple[int, int]]:
        """(node, row) of every import that should be in the tree and is not."""
        return self._to(UNRESOLVED)

    def marked(self, bit: int) -> Iterator[tuple[int, int]]:
        """(node, row) of every row with `bit`, one of `NOTES`."""
        if self._notes is None:
            kinds = self.kinds(NOTES)
            self._notes = [r for r, meta in enumerate(self.meta) if meta in kinds] if kinds else []
        for row in self._notes:
            if self.meta[row] & bit:
                yield bisect_right(self.first, row) - 1, row

    def _to(self, mark: str) -> Iterator[tuple[int, int]]:
        wanted = {-n - 1 for n, name in enumerate(self.names) if name[0] == mark}
        if wanted:
            for row, target in enumerate(self.targets):
                if target in wanted:
                    yield bisect_right(self.first, row) - 1, row
