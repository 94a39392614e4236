"""A document as plain data with the place of every value, and what a word in one stands for."""

import re
from collections.abc import Callable

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.domain.json_values import Json

Path = tuple[str | int, ...]
Place = tuple[int, int]
Places = dict[Path, Place]


class Document:
    """Plain data, and (line, column) from 1 of every value by its path of keys and indexes."""

    __slots__ = ("_locate", "_places", "data", "name")

    def __init__(self, name: str, data: "Json", places: Places | Callable[[], Places]) -> None:
        self.name = name
        self.data = data
        self._places = places if isinstance(places, dict) else None
        self._locate = places if not isinstance(places, dict) else None

    @property
    def places(self) -> Places:
        """Every place by its path."""
        if self._places is None:
            self._places = self._locate() if self._locate is not None else {}
        return self._places

    def place(self, path: Path) -> Place:
        """Line and column of the nearest thing to `path` that is in the document."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def at(self, path: Path) -> str:
        """`file:line:col` of the nearest thing to `path` that is in the document."""
        line, column = self.place(path)
        return f"{self.name}:{line}:{column}"


WORDS: "dict[str, Json]" = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# compiled by `re` when the first number is met: most configs have none
_INTEGER = r"[-+]?\d+"
_FLOAT = r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d{1,3})?"
_NUMBER_STARTS = frozenset("-+.0123456789")


def is_number(text: str) -> bool:
    """Whether a plain word is a number and no text."""
    return text[0] in _NUMBER_STARTS and re.fullmatch(_FLOAT, text) is not None


def number(text: str) -> float:
    """The number that a plain word is; of one with a thousand digits nobody should ask."""
    return int(text) if re.fullmatch(_INTEGER, text) else float(text)
