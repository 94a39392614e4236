"""The graph of the last run in one file: a line of sizes, then tables of strings and columns.

Only data: a file from a shared cache can be stale or cut short, it cannot run anything. It is
replaced whole, so two runs at once each see one or the other. Written and read part by part,
since a text of the whole would need more memory than the graph.
"""

import os
import sys
from array import array
from collections.abc import Iterable, Iterator

from hexci.domain.boundaries.graph import Graph, Kept

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from typing import BinaryIO

_FORMAT = b"hexci-graph-2"
_TABLES = ("paths", "modules", "names", "texts")
_COLUMNS = ("first", "targets", "lines", "meta", "specs")
_AT_ONCE = 512  # strings
_END = b"-\n"  # in place of a size
_LARGEST = 1 << 30  # bytes of a part


class StoredGraph:
    """Keeps one graph in `folder`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def load(self) -> Kept | None:
        """The kept graph; None when there is none, or it is not whole."""
        try:
            with open(self._file, "rb") as source:  # noqa: PTH123 - pathlib costs 8 ms to import
                return _read(source)
        except (OSError, ValueError, EOFError, MemoryError):
            return None

    def save(self, key: str, graph: Graph, shas: Iterable[str]) -> None:
        """Keeps `graph`; a folder that cannot be written costs time next time."""
        temporary = f"{self._file}.{os.getpid()}"
        try:
            os.makedirs(self._folder, exist_ok=True)  # noqa: PTH103
            with open(temporary, "wb") as sink:  # noqa: PTH123
                sink.write(_FORMAT + b"\n")
                _write_strings(sink, [key])
                _write_strings(sink, shas)
                for name in _TABLES:
                    _write_strings(sink, getattr(graph, name))
                _write_part(sink, bytes(graph.tests))
                for name in _COLUMNS:
                    _write_column(sink, getattr(graph, name))
            os.replace(temporary, self._file)  # noqa: PTH105
        except (OSError, ValueError):
            return

    @property
    def _file(self) -> str:
        return f"{self._folder}/graph"


def _write_strings(sink: "BinaryIO", strings: Iterable[str]) -> None:
    """Strings with a NUL between them, some at a time. Raises ValueError if one has one in it."""
    for some in _batches(strings):
        packed = "\0".join(some)
        if packed.count("\0") != len(some) - 1:
            raise ValueError("a NUL in a string")
        _write_part(sink, packed.encode("utf-8", "surrogatepass"))
    sink.write(_END)


def _batches(strings: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    for string in strings:
        some.append(string)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _write_part(sink: "BinaryIO", data: bytes) -> None:
    sink.write(b"%d\n" % len(data))
    sink.write(data)


def _write_column(sink: "BinaryIO", column: "array[int]") -> None:
    if sys.byteorder == "big":
        column = array("i", column)
        column.byteswap()
    sink.write(b"%d\n" % (len(column) * column.itemsize))
    column.tofile(sink)


def _read(source: "BinaryIO") -> Kept:
    """The graph in a file. Raises ValueError when its parts do not fit together."""
    if source.readline(64) != _FORMAT + b"\n":
        raise ValueError("not a graph of this version")
    (key,), shas = _strings(source), _strings(source)
    tables = {name: _strings(source) for name in _TABLES}
    tests = bytearray(_part(source, source.readline(16)))
    columns = {name: _column(source) for name in _COLUMNS}
    graph = Graph(tests=tests, **tables, **columns)  # type: ignore[arg-type]
    if len(shas) != len(graph.paths) or not _fits(graph):
        raise ValueError("the parts do not fit together")
    return Kept(key, graph, shas)


def _strings(source: "BinaryIO") -> list[str]:
    found: list[str] = []
    while (line := source.readline(16)) != _END:
        found += _part(source, line).decode("utf-8", "surrogatepass").split("\0")
    return found


def _part(source: "BinaryIO", line: bytes) -> bytes:
    size = _size(line)
    data = source.read(size)
    if len(data) != size:
        raise ValueError("cut short")
    return data


def _size(line: bytes) -> int:
    size = int(line)
    if not 0 <= size <= _LARGEST:
        raise ValueError("a part of this size cannot be")
    return size


def _column(source: "BinaryIO") -> "array[int]":
    column = array("i")
    size = _size(source.readline(16))
    if size % column.itemsize:
        raise ValueError("half a number")
    column.fromfile(source, size // column.itemsize)
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _fits(graph: Graph) -> bool:
    nodes, rows = len(graph.paths), len(graph.targets)
    first = graph.first
    if not len(graph.modules) == len(graph.tests) == nodes or len(first) != nodes + 1:
        return False
    if first[0] != 0 or first[-1] != rows or list(first) != sorted(first):
        return False
    if not len(graph.lines) == len(graph.meta) == len(graph.specs) == rows:
        return False
    if not rows:
        return True
    return (
        -len(graph.names) <= min(graph.targets)
        and max(graph.targets) < nodes
        and min(graph.specs) >= 0
        and max(graph.specs) < len(graph.texts)
        and min(graph.meta) >= 0
        and all(graph.names)
    )


class NoGraph:
    """Keeps nothing, for `--no-cache`."""

    def load(self) -> None:
        """Nothing was kept."""

    def save(self, key: str, graph: Graph, shas: Iterable[str]) -> None:
        """Nothing is kept."""
