"""`when`: a small language of comparisons. It can look at values and do nothing else.

or_     = and_ {"or" and_}         and_  = not_ {"and" not_}
not_    = ["not"] compared         compared = value [("=="|"!="|"<"|"<="|">"|">="|"in") value]
value   = "(" or_ ")" | reference | 'text' | number | true | false | null
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.manifests.templates import Lookup, Reference, compiled

_TOKEN = re.compile(
    r"\s*(?:(\$\{[^{}]*\})|('[^']*'|\"[^\"]*\")|(==|!=|<=|>=|<|>|\(|\))|(-?\d+(?:\.\d+)?)|(\w+))"
)
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in")
_MOST = 1000
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator (`and`, `or`, `not`, a comparison) and what it works on."""

    name: str
    sides: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as it was written."""

    value: Json


Term = Operation | Literal | Reference


def parse_condition(text: str) -> Term:
    """The condition that `text` spells. Raises ValueError with what is wrong."""
    if len(text) > _MOST:
        raise ValueError(f"a condition is longer than {_MOST} characters")
    reader = _Reader(tuple(_tokens(text)))
    term = reader.either(0)
    if reader.left:
        raise ValueError(f"{reader.left!r} is one word too many in {text!r}")
    return term


def condition_references(term: Term) -> Iterator[Reference]:
    """Every reference in a condition."""
    match term:
        case Reference():
            yield term
        case Operation():
            for side in term.sides:
                yield from condition_references(side)


def holds(term: Term, lookup: Lookup) -> bool:
    """Whether the condition is true. Raises ValueError where values cannot be compared."""
    return _truth(_value(term, lookup))


def _value(term: Term, lookup: Lookup) -> Json:
    match term:
        case Literal():
            return term.value
        case Reference():
            return lookup(term)
        case Operation("and"):
            return all(_truth(_value(side, lookup)) for side in term.sides)
        case Operation("or"):
            return any(_truth(_value(side, lookup)) for side in term.sides)
        case Operation("not"):
            return not _truth(_value(term.sides[0], lookup))
        case Operation(name, (one, other)):
            return _compared(name, _value(one, lookup), _value(other, lookup))
    raise ValueError(f"{term} is no condition")


def _truth(value: Json) -> bool:
    return bool(value)


def _compared(name: str, one: Json, other: Json) -> bool:
    if name == "==":
        return _kind(one) == _kind(other) and one == other
    if name == "!=":
        return _kind(one) != _kind(other) or one != other
    if name == "in":
        if isinstance(other, list):
            return one in other
        if isinstance(other, str) and isinstance(one, str):
            return one in other
        raise ValueError(f"{one!r} cannot be looked for in {other!r}")
    if not (_is_number(one) and _is_number(other)):
        raise ValueError(f"{one!r} {name} {other!r}: only numbers have an order")
    assert isinstance(one, int | float)  # noqa: S101 - told to mypy
    assert isinstance(other, int | float)  # noqa: S101
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[name]


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _kind(value: Json) -> str:
    return "number" if _is_number(value) else type(value).__name__


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"{text[at:].strip()[:20]!r} is not understood in {text!r}")
        yield found[0].strip()
        at = found.end()


class _Reader:
    def __init__(self, tokens: tuple[str, ...]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def left(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def either(self, depth: int) -> Term:
        return self._several("or", depth)

    def _several(self, word: str, depth: int) -> Term:
        def read() -> Term:
            return self._several("and", depth) if word == "or" else self._not(depth)

        sides = [read()]
        while self.left == word:
            self._at += 1
            sides.append(read())
        return sides[0] if len(sides) == 1 else Operation(word, tuple(sides))

    def _not(self, depth: int) -> Term:
        if depth > _DEEPEST:
            raise ValueError("the condition is nested too deeply")
        if self.left == "not":
            self._at += 1
            return Operation("not", (self._not(depth + 1),))
        one = self._single(depth)
        if self.left in _COMPARISONS:
            name = self.left
            self._at += 1
            return Operation(name, (one, self._single(depth)))
        return one

    def _single(self, depth: int) -> Term:
        token = self.left
        self._at += 1
        if token == "(":  # noqa: S105 - not that kind of token
            term = self.either(depth + 1)
            if self.left != ")":
                raise ValueError("a bracket is not closed")
            self._at += 1
            return term
        if token.startswith("${"):
            found = compiled(token)
            assert isinstance(found, Reference)  # noqa: S101 - nothing else fits the token
            return found
        if token[:1] in {"'", '"'}:
            return Literal(token[1:-1])
        if token in _WORDS:
            return Literal(_WORDS[token])
        if token and (token[0].isdigit() or token[0] == "-"):
            return Literal(float(token) if "." in token else int(token))
        raise ValueError(f"{token!r} is no value; texts are quoted" if token else "a value lacks")
