"""Who imports what, in flat columns: quick to build, to store and to walk.

Node `i` is `paths[i]`. Its rows are `first[i]` to `first[i + 1]`; a row says what is imported
(`target`), where (`line`, and the column in `meta`) and how (bits in `meta`), and in which words
(`spec`). A target from 0 on is a node; below 0 it is `names[-target - 1]`, a marked name.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hexci.domain.boundaries.kinds import (
    ASSET,
    CONTAINMENT,
    LAZY,
    STRING,
    TEST,
    TYPE_ONLY,
    Extract,
    RawImport,
)
from hexci.domain.boundaries.targets import EXTERNAL, NOTHING, UNRESOLVED

IGNORE = 256  # a row that is an in-code ignore; its spec is the text after the colon
PROBLEM = 512  # a row that is a note on the file; its spec says what could not be read
DECLARES = 1024  # a row that holds the package or namespace a file declares
PARSED = 4096  # a row of a file that the scanner was unsure of
NOTES = IGNORE | PROBLEM | DECLARES | PARSED
_BITS = 13  # of meta; the column stands above them
_WIDEST = 0x3FFFF  # what is left for the column
_MASK = (1 << _BITS) - 1


class Graph:
    """The columns. Made by `GraphWriter`, changed by nobody afterwards."""

    __slots__ = (
        "_adjacent", "_notes", "first", "lines", "meta", "modules", "names", "paths", "shas",
        "specs", "targets", "tests", "texts",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 - as a dataclass it takes 4 ms more of a hook's 40
        self,
        *,
        paths: list[str],
        shas: list[str],
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
        self.paths, self.shas, self.modules, self.tests = paths, shas, modules, tests
        self.first, self.targets, self.lines = first, targets, lines
        self.meta, self.specs = meta, specs
        self.names, self.texts = names, texts
        self._notes: list[int] | None = None
        self._adjacent: dict[tuple[bool, bool, bool], list[list[int]]] = {}

    def rows(self, node: int) -> range:
        """The rows of a node."""
        return range(self.first[node], self.first[node + 1])

    def bits(self, row: int) -> int:
        """The kind of an import."""
        return self.meta[row] & _MASK

    def column(self, row: int) -> int:
        """Its column, from 1."""
        return self.meta[row] >> _BITS

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

    def imports(self, *, type_only: bool, tests: bool, lazy: bool = True) -> list[list[int]]:
        """Rows that count as imports between files, per node; kept for the next rule."""
        key = (type_only, tests, lazy)
        if key not in self._adjacent:
            self._adjacent[key] = self._count(type_only=type_only, tests=tests, lazy=lazy)
        return self._adjacent[key]

    def _count(self, *, type_only: bool, tests: bool, lazy: bool) -> list[list[int]]:
        left_out = CONTAINMENT | ASSET | NOTES
        left_out |= 0 if type_only else TYPE_ONLY
        left_out |= 0 if lazy else LAZY
        left_out |= 0 if tests else TEST
        first, counted = self.first, self.tests if not tests else bytes(len(self.paths))
        # -1 where a row does not count: one pass over all rows, in C but for the comparison
        kinds = {meta for meta in set(self.meta) if meta & left_out}
        rows = (
            [row if target >= 0 else -1 for row, target in enumerate(self.targets)]
            if not kinds
            else [
                row if target >= 0 and meta not in kinds else -1
                for row, (target, meta) in enumerate(zip(self.targets, self.meta, strict=True))
            ]
        )
        return [
            []
            if counted[node]
            else [row for row in rows[first[node] : first[node + 1]] if row >= 0]
            for node in range(len(self.paths))
        ]

    def externals(self) -> Iterator[tuple[int, int]]:
        """(node, row) of every import of a package from outside."""
        outside = {-n - 1 for n, name in enumerate(self.names) if name[0] == EXTERNAL}
        return self._to(outside)

    def unresolved(self) -> Iterator[tuple[int, int]]:
        """(node, row) of every import that should be in the tree and is not."""
        return self._to({-n - 1 for n, name in enumerate(self.names) if name[0] == UNRESOLVED})

    def marked(self, bit: int) -> Iterator[tuple[int, int]]:
        """(node, row) of every row with `bit`, one of `NOTES`."""
        if self._notes is None:
            # few kinds of rows, most often none of them a note
            kinds = {meta for meta in set(self.meta) if meta & NOTES}
            self._notes = [r for r, meta in enumerate(self.meta) if meta in kinds] if kinds else []
        for row in self._notes:
            if self.meta[row] & bit:
                yield bisect_right(self.first, row) - 1, row

    def _to(self, wanted: set[int]) -> Iterator[tuple[int, int]]:
        if wanted:
            for row, target in enumerate(self.targets):
                if target in wanted:
                    yield bisect_right(self.first, row) - 1, row


# what a spec stands for in rows: the number of its text, and its target or targets
Meaning = tuple[int, int | tuple[int, ...]]
_ONE_EACH = {int}


def _meta(column: int, bits: int) -> int:
    return min(_WIDEST, column) << _BITS | bits


class GraphWriter:
    """Collects rows file by file, in the order of the paths."""

    def __init__(
        self, paths: list[str], names: Iterable[str] = (), texts: Iterable[str] = ()
    ) -> None:
        """`names` and `texts` are the tables of a graph that parts are copied from."""
        self._index = {path: n for n, path in enumerate(paths)}
        self.first = array("i", [0])
        self.targets = array("i")
        self.lines = array("i")
        self.meta = array("i")
        self.specs = array("i")
        self._names = {name: number for number, name in enumerate(names)}
        self._texts = {text: number for number, text in enumerate(texts)}

    def meaning(self, spec: str, found: Iterable[str]) -> Meaning:
        """What rows hold for a spec and the targets that were found for it."""
        index, names = self._index, self._names
        text = self._texts.setdefault(spec, len(self._texts))
        numbers = []
        for target in found:
            number = index.get(target)
            numbers.append(-names.setdefault(target, len(names)) - 1 if number is None else number)
        return text, numbers[0] if len(numbers) == 1 else tuple(numbers)

    def add(
        self,
        own: int,
        imports: Sequence[RawImport],
        relative: Mapping[str, Meaning],
        others: Mapping[str, Meaning],
    ) -> None:
        """The rows of file `own`: what its specs mean, those with a leading dot by `relative`."""
        specs, lines, columns, bits = zip(*imports, strict=True)
        texts, numbers = zip(
            *[relative[spec] if spec < "/" else others[spec] for spec in specs], strict=True
        )
        # strings stand last
        if set(map(type, numbers)) != _ONE_EACH or own in numbers or bits[-1] & STRING:
            self._add_slowly(own, imports, texts, numbers)
            return
        # column by column, which is three times as fast as row by row
        self.targets.extend(numbers)
        self.lines.extend(lines)
        self.specs.extend(texts)
        if max(columns) < _WIDEST:
            self.meta.extend([c << _BITS | b for c, b in zip(columns, bits, strict=True)])
        else:
            self.meta.extend([_meta(c, b) for c, b in zip(columns, bits, strict=True)])

    def _add_slowly(
        self,
        own: int,
        imports: Sequence[RawImport],
        texts: Sequence[int],
        meant: Sequence[int | tuple[int, ...]],
    ) -> None:
        """Where an import means several files, or the file itself."""
        for (_, line, column, bits), text, numbers in zip(imports, texts, meant, strict=True):
            several = (numbers,) if isinstance(numbers, int) else numbers
            if bits & STRING:  # one that names nothing of the tree is a string and no more
                several = (max(several) if max(several) >= 0 else self._nothing(),)
            for number in several:
                self.targets.append(number if number != own else self._nothing())
                self.lines.append(line)
                self.meta.append(_meta(column, bits))
                self.specs.append(text)

    def note(self, spec: str, line: int, column: int, bits: int) -> None:
        """A row that leads nowhere, with one of `NOTES`."""
        self.targets.append(self._nothing())
        self.lines.append(line)
        self.meta.append(_meta(column, bits))
        self.specs.append(self._texts.setdefault(spec, len(self._texts)))

    def end(self) -> None:
        """Ends the rows of a file."""
        self.first.append(len(self.targets))

    def _nothing(self) -> int:
        return -self._names.setdefault(NOTHING, len(self._names)) - 1

    def copy(self, kept: Graph, start: int, end: int) -> None:
        """The nodes from `start` to before `end`, as another graph of the same paths has them."""
        first, last = kept.first[start], kept.first[end]
        shift = len(self.targets) - first
        self.targets.extend(kept.targets[first:last])
        self.lines.extend(kept.lines[first:last])
        self.meta.extend(kept.meta[first:last])
        self.specs.extend(kept.specs[first:last])
        self.first.extend([row + shift for row in kept.first[start + 1 : end + 1]])

    def graph(
        self, paths: list[str], shas: list[str], modules: list[str], tests: bytearray
    ) -> Graph:
        """What was collected."""
        return Graph(
            paths=paths, shas=shas, modules=modules, tests=tests, first=self.first,
            targets=self.targets, lines=self.lines, meta=self.meta, specs=self.specs,
            names=list(self._names), texts=list(self._texts),
        )  # fmt: skip


def extracts_of(graph: Graph) -> dict[str, Extract]:
    """What every file said, read back from the rows, by blob SHA."""
    known: dict[str, Extract] = {}
    for node, sha in enumerate(graph.shas):
        seen: dict[tuple[str, int, int, int], None] = {}
        problems = []
        ignores = []
        declares, parsed = "", False
        for row in graph.rows(node):
            bits, text = graph.bits(row), graph.text(row)
            if bits & DECLARES:
                declares = text
            elif bits & PARSED:
                parsed = True
            elif bits & PROBLEM:
                problems.append((graph.lines[row], text))
            elif bits & IGNORE:
                ignores.append((text, graph.lines[row], graph.column(row)))
            else:
                seen[text, graph.lines[row], graph.column(row), bits] = None
        known[sha] = Extract(tuple(seen), tuple(problems), declares, tuple(ignores), parsed)
    return known
