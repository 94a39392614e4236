"""The graph of the last run as one JSON file: a table of strings, and columns in base64.

Only data: a file from a shared cache can be stale or cut short, it cannot run anything. It is
replaced whole, so two runs at once each see one or the other.
"""

import binascii
import contextlib
import json
import os
import sys
from array import array

from hexci.domain.boundaries.graph import Graph

_VERSION = 1


class StoredGraph:
    """Keeps one graph in `folder`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def load(self) -> tuple[str, Graph] | None:
        """The kept graph and its key; None when there is none, or it is not whole."""
        try:
            with open(self._file, "rb") as source:  # noqa: PTH123 - pathlib costs 8 ms to import
                body = json.loads(source.read())
            return str(body["key"]), _graph(body)
        except (OSError, ValueError, KeyError, TypeError, IndexError, OverflowError):
            return None

    def save(self, key: str, graph: Graph) -> None:
        """Keeps `graph`; a folder that cannot be written costs time next time."""
        body = {
            "version": _VERSION,
            "key": key,
            "paths": graph.paths,
            "shas": graph.shas,
            "modules": graph.modules,
            "names": graph.names,
            "texts": graph.texts,
            "tests": _packed_bytes(bytes(graph.tests)),
            **{name: _packed(getattr(graph, name)) for name in _COLUMNS},
        }
        text = json.dumps(body, separators=(",", ":"))
        temporary = f"{self._file}.{os.getpid()}"
        with contextlib.suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)  # noqa: PTH103
            with open(temporary, "wb") as sink:  # noqa: PTH123
                sink.write(text.encode())
            os.replace(temporary, self._file)  # noqa: PTH105

    @property
    def _file(self) -> str:
        return f"{self._folder}/graph.json"


_COLUMNS = ("first", "targets", "lines", "meta", "specs")


def _packed(column: "array[int]") -> str:
    if sys.byteorder == "big":
        column = array("i", column)
        column.byteswap()
    return _packed_bytes(column.tobytes())


def _packed_bytes(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def _unpacked(text: str) -> "array[int]":
    column = array("i")
    column.frombytes(binascii.a2b_base64(text))
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _graph(body: dict[str, object]) -> Graph:
    """The graph in a file. Raises ValueError when its parts do not fit together."""
    graph = Graph(
        paths=_strings(body["paths"]),
        shas=_strings(body["shas"]),
        modules=_strings(body["modules"]),
        tests=bytearray(binascii.a2b_base64(str(body["tests"]))),
        first=_unpacked(str(body["first"])),
        targets=_unpacked(str(body["targets"])),
        lines=_unpacked(str(body["lines"])),
        meta=_unpacked(str(body["meta"])),
        specs=_unpacked(str(body["specs"])),
        names=_strings(body["names"]),
        texts=_strings(body["texts"]),
    )
    if body["version"] != _VERSION or not _fits(graph):
        raise ValueError("not a graph of this version")
    return graph


def _strings(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("not a list of strings")
    return value


def _fits(graph: Graph) -> bool:
    nodes, rows = len(graph.paths), len(graph.targets)
    same = len(graph.shas) == len(graph.modules) == len(graph.tests) == nodes
    first = graph.first
    if not same or len(first) != nodes + 1 or first[0] != 0 or first[-1] != rows:
        return False
    if any(first[n] > first[n + 1] for n in range(nodes)):
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
        and all(graph.names)
    )


class NoGraph:
    """Keeps nothing, for `--no-cache`."""

    def load(self) -> None:
        """Nothing was kept."""

    def save(self, key: str, graph: Graph) -> None:
        """Nothing is kept."""
