"""The everyday part of YAML, read without PyYAML: importing that takes longer than most reads.

Block mappings and sequences of words, numbers, quoted texts and flow collections on one line, in
ASCII. Whatever else there is, wrong or right, is for `yaml_nodes` to say: the answer is None.
"""

import re

from hexci.adapters.manifests.documents import WORDS, Path, Places, is_number, number

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.domain.json_values import Json

_MOST_BYTES = 20_000
_DEEPEST = 12
_LONGEST_NUMBER = 9  # characters
_KEY = re.compile(r"([A-Za-z_][\w.-]*):(?: +|$)", re.ASCII)
# text that stands for itself, up to a comment or the end of the line
_BLOCK_WORD = re.compile(r"[\w./][\w./*|()'+=<>%~^ -]*(?:,[\w./*|()'+=<>%~^ -]*)*", re.ASCII)
_FLOW_WORD = re.compile(r"[\w./][\w./*|()'+=<>%~^ -]*", re.ASCII)
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^']*)'(?!')", re.ASCII)
_REST = re.compile(r" *(?:(?<= )#.*)?")
_ODD = re.compile(r"[^\n -~]|^(?:---|\.\.\.|%)", re.MULTILINE)

# (number from 1, indent, text without it)
_Line = tuple[int, int, str]


class _OddError(Exception):
    """Something that only the whole of YAML can judge."""


def read_plainly(text: bytes) -> "tuple[Json, Places] | None":
    """The data and the place of every value by its path; None: not this simple."""
    if len(text) > _MOST_BYTES or not text.isascii():
        return None
    source = text.decode("ascii")
    if _ODD.search(source):
        return None
    lines = [
        (count, len(line) - len(line.lstrip(" ")), line.strip(" "))
        for count, line in enumerate(source.split("\n"), 1)
        if line.strip(" ") and line.lstrip(" ")[0] != "#"
    ]
    if not lines or lines[0][1]:
        return None
    reading = _Reading(lines)
    try:
        data = reading.block((), 0, 0)
    except _OddError:
        return None
    return (data, reading.places) if reading.at == len(lines) else None


class _Reading:
    """Goes through the lines; `at` is the next one."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self.at = 0
        self.places: Places = {}

    def block(self, path: Path, indent: int, depth: int) -> "Json":
        """A mapping or a sequence whose lines stand at `indent`."""
        count, _, text = self._lines[self.at]
        self.places.setdefault(path, (count, indent + 1))
        if depth > _DEEPEST:
            raise _OddError
        if text[:2] == "- ":
            return self._sequence(path, indent, depth)
        return self._mapping(path, indent, depth)

    def _mapping(self, path: Path, indent: int, depth: int) -> "dict[str, Json]":
        data: dict[str, Json] = {}
        while self.at < len(self._lines):
            count, here, text = self._lines[self.at]
            if here < indent or (here == indent and text[:2] == "- "):
                break
            key = _KEY.match(text)
            if here > indent or key is None or key[1] in data or key[1] in WORDS:
                raise _OddError
            inside = (*path, key[1])
            self.places[inside] = (count, here + 1)
            rest = text[key.end() :]
            if rest and rest[0] != "#":
                self.at += 1
                data[key[1]] = self._line(inside, count, here + key.end(), rest)
            else:
                data[key[1]] = self._below(inside, here, depth)
        return data

    def _below(self, path: Path, indent: int, depth: int) -> "Json":
        """What stands below `key:`; a sequence may be as far left as its key."""
        self.at += 1
        if self.at == len(self._lines):
            return None
        _, here, text = self._lines[self.at]
        if here > indent or (here == indent and text[:2] == "- "):
            return self.block(path, here, depth + 1)
        return None

    def _sequence(self, path: Path, indent: int, depth: int) -> "list[Json]":
        data: list[Json] = []
        while self.at < len(self._lines):
            count, here, text = self._lines[self.at]
            if here < indent or (here == indent and text[:2] != "- "):
                break
            if here > indent:
                raise _OddError
            rest = text[2:].lstrip(" ")
            inside, column = (*path, len(data)), here + len(text) - len(rest)
            if _KEY.match(rest) or rest[:2] == "- ":
                # read on as if the item began a line of its own
                self._lines[self.at] = (count, column, rest)
                data.append(self.block(inside, column, depth + 1))
            else:
                self.at += 1
                data.append(self._line(inside, count, column, rest))
        return data

    def _line(self, path: Path, count: int, column: int, text: str) -> "Json":
        """A value that ends with its line; `column` is the one before it."""
        reading = _Flow(self.places, count, column, text)
        data = reading.value(path, _BLOCK_WORD)
        if _REST.fullmatch(text, reading.at) is None:
            raise _OddError
        return data


class _Flow:
    """Goes through the values in one line."""

    def __init__(self, places: Places, count: int, column: int, text: str) -> None:
        self._places, self._count, self._column, self._text = places, count, column, text
        self.at = 0

    def value(self, path: Path, word: re.Pattern[str]) -> "Json":
        text = self._text
        self._places.setdefault(path, (self._count, self._column + self.at + 1))
        first = text[self.at : self.at + 1]
        if first == "[":
            return self._sequence(path)
        if first == "{":
            return self._mapping(path)
        quoted = _QUOTED.match(text, self.at)
        if quoted is not None:
            self.at = quoted.end()
            return quoted[1] if quoted[1] is not None else quoted[2]
        plain = word.match(text, self.at)
        if plain is None:
            raise _OddError
        self.at = plain.end()
        if text[self.at : self.at + 1] == "#" and plain[0][-1] != " ":
            raise _OddError
        return _scalar(plain[0].rstrip(" "))

    def _sequence(self, path: Path) -> "list[Json]":
        data: list[Json] = []
        while not self._ends("]", first=not data):
            data.append(self.value((*path, len(data)), _FLOW_WORD))
        return data

    def _mapping(self, path: Path) -> "dict[str, Json]":
        data: dict[str, Json] = {}
        while not self._ends("}", first=not data):
            key = _KEY.match(self._text, self.at)
            if key is None or key[1] in data or key[1] in WORDS or key[0][-1] == ":":
                raise _OddError
            inside = (*path, key[1])
            self._places[inside] = (self._count, self._column + self.at + 1)
            self.at = key.end()
            data[key[1]] = self.value(inside, _FLOW_WORD)
        return data

    def _ends(self, closing: str, *, first: bool) -> bool:
        """Goes past what stands before the next item; whether there is none."""
        text = self._text
        if first:
            self.at += 1
        self._skip()
        found = text[self.at : self.at + 1]
        if found == closing:
            self.at += 1
            return True
        if not first:
            if found != ",":
                raise _OddError
            self.at += 1
            self._skip()
        return False

    def _skip(self) -> None:
        while self._text[self.at : self.at + 1] == " ":
            self.at += 1


def _scalar(text: str) -> "Json":
    if text in WORDS:
        return WORDS[text]
    if not is_number(text):
        return text
    if len(text) > _LONGEST_NUMBER:
        raise _OddError
    return number(text)
