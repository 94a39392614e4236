"""What an answer hangs on, beside it on the disk: a line of sizes, then the columns.

Only data, and only believed where the answer names it.
"""

import os
import sys

from hexci.domain.boundaries.grade import Coverage
from hexci.domain.boundaries.guards import Cycles, Guards, Numbers

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from typing import Literal

    from hexci.domain.boundaries.guards import Column

_FORMAT = b"hexci-guards-3-" + sys.byteorder.encode()
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
    paths, roots, least, externals, tests, froms, intos, used, *cycles = parts
    columns = [_column(part, "i") for part in cycles]
    return Guards(
        paths=paths.decode("utf-8", "surrogateescape"),
        roots=frozenset(roots.decode("utf-8", "surrogateescape").split("\0")) - {""},
        least=float(least),
        externals=externals,
        tests=tests,
        froms=_column(froms, "Q"),
        intos=_column(intos, "Q"),
        used=_column(used, "i"),
        cycles=[
            Cycles(ranks, units, first, targets, list(more))
            for ranks, units, first, targets, more in zip(*[iter(columns)] * 5, strict=True)
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


def _packed(column: "Column | list[int]") -> bytes:
    if isinstance(column, list):
        return b"".join([number.to_bytes(4, sys.byteorder) for number in column])
    return column.tobytes()


def _column(data: bytes, typecode: "Literal['i', 'Q']") -> "memoryview[int]":
    """Numbers in the machine's own order; `array` would take 2 ms to import."""
    return memoryview(bytearray(data)).cast(typecode)
