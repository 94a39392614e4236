"""What an answer hangs on, beside it on the disk: a line of sizes, then the columns.

Only data, and only believed where the answer names it.
"""

import os
import sys
from array import array

from hexci.domain.boundaries.grade import Coverage
from hexci.domain.boundaries.guards import Cycles, Guards, Numbers

_FORMAT = b"hexci-guards-2"
_CYCLES = ("ranks", "units", "first", "targets", "more")


def write_guards(file: str, guards: Guards) -> str:
    """Writes guards; the name that an answer has to know them by."""
    name = os.urandom(12).hex()
    parts = [
        guards.paths.encode("utf-8", "surrogateescape"),
        "\0".join(sorted(guards.roots)).encode("utf-8", "surrogateescape"),
        repr(guards.least).encode(),
        guards.externals,
        guards.tests,
        *map(_packed, (guards.froms, guards.intos, guards.used)),
        *(_packed(getattr(cycles, name)) for cycles in guards.cycles for name in _CYCLES),
    ]
    sizes = b" ".join([b"%d" % len(part) for part in parts])
    temporary = f"{file}.{os.getpid()}"
    with open(temporary, "wb") as sink:  # noqa: PTH123
        sink.write(b"%b %b %b\n" % (_FORMAT, name.encode(), sizes))
        sink.writelines(parts)
    os.replace(temporary, file)  # noqa: PTH105
    return name


def read_guards(file: str, name: str) -> Guards | None:
    """The guards of that name; None when others are there, or they are not whole."""
    try:
        with open(file, "rb") as source:  # noqa: PTH123
            form, of, *words = source.readline(1024).split()
            sizes = [int(word) for word in words]
            parts = [source.read(size) for size in sizes]
    except (OSError, ValueError):
        return None
    if form != _FORMAT or of != name.encode() or [len(part) for part in parts] != sizes:
        return None
    paths, roots, least, externals, tests, froms, intos, used, *ranks = parts
    return Guards(
        paths=paths.decode("utf-8", "surrogateescape"),
        roots=frozenset(roots.decode("utf-8", "surrogateescape").split("\0")) - {""},
        least=float(least),
        externals=externals,
        tests=tests,
        froms=_unpacked("Q", froms),
        intos=_unpacked("Q", intos),
        used=_unpacked("i", used),
        cycles=[
            Cycles(*(_unpacked("i", part) for part in ranks[n : n + len(_CYCLES)]))
            for n in range(0, len(ranks), len(_CYCLES))
        ],
    )


def numbers_text(numbers: Numbers) -> str:
    """Numbers as text."""
    known = numbers.coverage
    listed = (
        known.files, known.classified, known.imports, known.resolved, known.unreadable,
        numbers.inside, numbers.nodes,
    )  # fmt: skip
    return " ".join(map(str, listed))


def numbers_from(text: str) -> Numbers:
    """The numbers in a text. Raises ValueError where it has others."""
    files, classified, imports, resolved, unreadable, inside, nodes = map(int, text.split(" "))
    return Numbers(Coverage(files, classified, imports, resolved, unreadable), inside, nodes)


def _packed(column: "array[int]") -> bytes:
    if sys.byteorder == "big":
        column = array(column.typecode, column)
        column.byteswap()
    return column.tobytes()


def _unpacked(typecode: str, data: bytes) -> "array[int]":
    column = array(typecode)
    column.frombytes(data)
    if sys.byteorder == "big":
        column.byteswap()
    return column
