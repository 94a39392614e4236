"""The front matter of a record: a small, closed part of YAML, read without guessing.

`key: word`, `key: "quoted"`, `key: [a, "b"]`, or a key with `- item` lines below it. Anchors,
tags, comments, nested mappings, block text, duplicate and unknown keys are errors. What is
written here reads the same in every YAML parser.
"""

import json
import re
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "str | tuple[str, ...]"

# the canonical order
KEYS = (
    "id",
    "status",
    "date",
    "deciders",
    "supersedes",
    "superseded-by",
    "amends",
    "amended-by",
    "governs",
    "enforce",
    "verify",
    "epoch",
    "tags",
    "reopen-when",
)
LISTS = frozenset({"deciders", "supersedes", "amends", "amended-by", "governs", "tags"})
_PAIR = re.compile(r"([A-Za-z][A-Za-z-]*):(?:[ ]+(.*))?")
# starts that mean something else in YAML
_ACTIVE = frozenset("&*!|>{}[]%@`,?#\"'")
_PLAIN = re.compile(r"[A-Za-z0-9_./(][^\n\r\t:#?\[\]{},\"'\\]*")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "~", ""})
_NUMBER = re.compile(r"[0-9._]+([eE][-+]?[0-9]+)?|0[xo][0-9a-fA-F]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FrontMatterError(ValueError):
    """What is wrong, and on which line of the file (from 1)."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys with values in the file's own order, and the line of each key."""

    values: dict[str, Value]
    lines: dict[str, int]


def parse(text: str) -> FrontMatter:
    """Reads what stands between the two `---` lines; its first line is line 2 of the file.

    Raises FrontMatterError at the first thing that is not of the closed form.
    """
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    open_list = ""
    for number, line in enumerate(text.split("\n"), start=2):
        if "\t" in line or line != line.rstrip():
            raise FrontMatterError(number, "tabs and blanks at line ends are not allowed here")
        item = line.lstrip(" ")
        if open_list and item.startswith("- "):
            before = values[open_list]
            assert isinstance(before, tuple)  # noqa: S101 - only lists stay open
            values[open_list] = (*before, _scalar(item[2:].strip(), number))
            continue
        if open_list and not values[open_list]:
            raise FrontMatterError(lines[open_list], f"{open_list} has no items; leave it out")
        key, rest = _key(line, number, values)
        lines[key] = number
        open_list = key if key in LISTS and not rest else ""
        values[key] = _value(key, rest, number)
    if open_list and not values[open_list]:
        raise FrontMatterError(lines[open_list], f"{open_list} has no items; leave it out")
    return FrontMatter(values, lines)


def write(values: dict[str, Value]) -> str:
    """The canonical front matter with both `---` lines; empty values are left out."""
    body = [f"{key}: {_written(values[key])}\n" for key in KEYS if values.get(key)]
    return "".join(["---\n", *body, "---\n"])


def _key(line: str, number: int, seen: dict[str, Value]) -> tuple[str, str]:
    match = _PAIR.fullmatch(line)
    if match is None:
        raise FrontMatterError(number, f"not `key: value`: {line[:60]!r}")
    key, rest = match[1], match[2] or ""
    if key not in KEYS:
        raise FrontMatterError(number, f"unknown key {key!r}; known: {', '.join(KEYS)}")
    if key in seen:
        raise FrontMatterError(number, f"the key {key!r} stands here twice")
    return key, rest


def _value(key: str, rest: str, number: int) -> Value:
    if key not in LISTS:
        if not rest:
            raise FrontMatterError(number, f"{key} is empty; leave it out")
        return _scalar(rest, number)
    if not rest:
        return ()
    if not (rest.startswith("[") and rest.endswith("]")):
        raise FrontMatterError(number, f"{key} is a list: write [{rest}]")
    items = tuple(_scalar(item, number) for item in _items(rest[1:-1], number))
    if not items:
        raise FrontMatterError(number, f"{key} has no items; leave it out")
    return items


def _items(inner: str, number: int) -> list[str]:
    items, position = [], 0
    pattern = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,\"'\[\]]+?)\s*(,|$)")
    while position < len(inner):
        match = pattern.match(inner, position)
        if match is None or not match[1].strip():
            raise FrontMatterError(number, f"not a list of words: [{inner[:60]}]")
        items.append(match[1])
        position = match.end()
    return items


def _scalar(text: str, number: int) -> str:
    if text[:1] == '"':
        return _double_quoted(text, number)
    if text[:1] == "'":
        inner = text[1:-1]
        if len(text) < 3 or text[-1] != "'" or "'" in inner.replace("''", ""):
            raise FrontMatterError(number, f"the quote does not end: {text[:60]}")
        return inner.replace("''", "'")
    if not text or text[0] in _ACTIVE or text == "-" or text.startswith("- "):
        raise FrontMatterError(number, f"put it in quotes: {text[:60]!r}")
    if " #" in text or ": " in text or text.endswith(":"):
        raise FrontMatterError(number, f"put it in quotes (no comments here): {text[:60]!r}")
    return text


def _double_quoted(text: str, number: int) -> str:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise FrontMatterError(number, f"not a quoted text: {text[:60]}") from error
    if not isinstance(value, str) or not value or "\n" in value or "\r" in value:
        raise FrontMatterError(number, "a quoted text is one line and not empty")
    return value


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted_if_needed(item) for item in value) + "]"
    return _quoted_if_needed(value)


def _quoted_if_needed(text: str) -> str:
    bare = _DATE.fullmatch(text) or (
        _PLAIN.fullmatch(text)
        and text == text.strip()
        and text.lower() not in _WORDS_OF_YAML
        and not _NUMBER.fullmatch(text)
    )
    return text if bare else json.dumps(text, ensure_ascii=False)
