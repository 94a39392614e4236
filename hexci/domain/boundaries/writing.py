"""Fills the columns of a graph, file by file, and reads back what a file said."""

from array import array
from collections.abc import Iterable, Mapping, Sequence

from hexci.domain.boundaries.graph import BITS, DECLARES, IGNORE, PARSED, PROBLEM, WIDEST, Graph
from hexci.domain.boundaries.kinds import STRING, Extract, RawImport
from hexci.domain.boundaries.targets import NOTHING

# what a spec stands for in rows: the number of its text, and its target or targets
Meaning = tuple[int, int | tuple[int, ...]]
_ONE_EACH = {int}


class GraphWriter:
    """Collects rows. The files may come in any order; one that never comes says nothing."""

    def __init__(
        self, paths: list[str], names: Iterable[str] = (), texts: Iterable[str] = ()
    ) -> None:
        """`paths` are sorted; `names` and `texts` are the tables of a graph that is copied from."""
        self._paths = paths
        self._index = {path: node for node, path in enumerate(paths)}
        self._nodes = array("i")  # in the order they came in
        self._ends = array("i")
        self._targets = array("i")
        self._lines = array("i")
        self._meta = array("i")
        self._specs = array("i")
        self._names = {name: number for number, name in enumerate(names)}
        self._texts = {text: number for number, text in enumerate(texts)}

    def meaning(self, spec: str, found: Sequence[str]) -> Meaning:
        """What rows hold for a spec and the targets that were found for it."""
        text = self._texts.setdefault(spec, len(self._texts))
        if len(found) == 1:
            return text, self._number(found[0])
        return text, tuple([self._number(target) for target in found])

    def _number(self, target: str) -> int:
        node = self._index.get(target)
        return -self._names.setdefault(target, len(self._names)) - 1 if node is None else node

    def add(
        self,
        own: int,
        imports: Sequence[RawImport],
        relative: Mapping[str, Meaning],
        others: Mapping[str, Meaning],
    ) -> None:
        """The rows of file `own`: what its specs mean, those with a leading dot by `relative`."""
        targets: list[int | tuple[int, ...]] = []
        lines: list[int] = []
        meta: list[int] = []
        texts: list[int] = []
        bits = 0
        for spec, line, column, bits in imports:
            text, target = relative[spec] if spec < "/" else others[spec]
            targets.append(target)
            lines.append(line)
            wide = column if column < WIDEST else WIDEST  # noqa: FURB136 - a call costs a tenth more
            meta.append(wide << BITS | bits)
            texts.append(text)
        # strings stand last
        if set(map(type, targets)) != _ONE_EACH or own in targets or bits & STRING:
            self._add_slowly(own, targets, lines, meta, texts)
            return
        self._targets.fromlist(targets)  # type: ignore[arg-type]
        self._lines.fromlist(lines)
        self._meta.fromlist(meta)
        self._specs.fromlist(texts)

    def _add_slowly(
        self,
        own: int,
        targets: list[int | tuple[int, ...]],
        lines: list[int],
        meta: list[int],
        texts: list[int],
    ) -> None:
        """Where an import means several files, or the file itself."""
        for target, line, packed, text in zip(targets, lines, meta, texts, strict=True):
            several = (target,) if isinstance(target, int) else target
            if packed & STRING:  # one that names nothing of the tree is a string and no more
                several = (max(several) if max(several) >= 0 else self._nothing(),)
            for number in several:
                self._targets.append(number if number != own else self._nothing())
                self._lines.append(line)
                self._meta.append(packed)
                self._specs.append(text)

    def note(self, spec: str, line: int, column: int, bits: int) -> None:
        """A row that leads nowhere, with one of `NOTES`."""
        self._targets.append(self._nothing())
        self._lines.append(line)
        self._meta.append(_packed(column, bits))
        self._specs.append(self._texts.setdefault(spec, len(self._texts)))

    def end(self, node: int) -> None:
        """Ends the rows of a file."""
        self._nodes.append(node)
        self._ends.append(len(self._targets))

    def _nothing(self) -> int:
        return -self._names.setdefault(NOTHING, len(self._names)) - 1

    def copy(self, kept: Graph, start: int, end: int) -> None:
        """The nodes from `start` to before `end`, as another graph of the same paths has them."""
        first, last = kept.first[start], kept.first[end]
        shift = len(self._targets) - first
        self._targets.extend(kept.targets[first:last])
        self._lines.extend(kept.lines[first:last])
        self._meta.extend(kept.meta[first:last])
        self._specs.extend(kept.specs[first:last])
        self._nodes.extend(range(start, end))
        self._ends.extend([row + shift for row in kept.first[start + 1 : end + 1]])

    def graph(self, modules: list[str], tests: bytearray) -> Graph:
        """What was collected."""
        columns = [self._targets, self._lines, self._meta, self._specs]
        if self._nodes == array("i", range(len(self._paths))):
            first = array("i", [0])
            first.extend(self._ends)
        else:
            first, columns = self._in_order(columns)
        targets, lines, meta, specs = columns
        return Graph(
            paths=self._paths, modules=modules, tests=tests, first=first, targets=targets,
            lines=lines, meta=meta, specs=specs, names=list(self._names), texts=list(self._texts),
        )  # fmt: skip

    def _in_order(self, columns: "list[array[int]]") -> "tuple[array[int], list[array[int]]]":
        """The rows in the order of the paths."""
        came = {node: number for number, node in enumerate(self._nodes)}
        first, ordered = array("i", [0]), [array("i") for _ in columns]
        for node in range(len(self._paths)):
            number = came.get(node)
            if number is not None:
                start, end = self._ends[number - 1] if number else 0, self._ends[number]
                for column, whole in zip(ordered, columns, strict=True):
                    column.extend(whole[start:end])
            first.append(len(ordered[0]))
        return first, ordered


def _packed(column: int, bits: int) -> int:
    return min(WIDEST, column) << BITS | bits


def extract_of(graph: Graph, node: int) -> Extract:
    """What a file said, read back from its rows."""
    seen: dict[RawImport, None] = {}
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
    return Extract(tuple(seen), tuple(problems), declares, tuple(ignores), parsed)
