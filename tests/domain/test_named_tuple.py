"""Our named tuples do what those of `typing` do."""

import copy
import pickle
import typing
from collections.abc import Callable

import pytest

from hexci.domain import named_tuple


class Theirs(typing.NamedTuple):
    """A place."""

    path: str
    line: int = 1
    marks: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"

    def below(self, lines: int) -> "Theirs":
        return self._replace(line=self.line + lines)


class Ours(named_tuple.NamedTuple):
    """A place."""

    path: str
    line: int = 1
    marks: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"

    def below(self, lines: int) -> "Ours":
        return self._replace(line=self.line + lines)


class Inherited(Ours):
    @property
    def where(self) -> str:
        return f"at {super().where}"


Kind = type[Theirs] | type[Ours]


def only_path(kind: Kind) -> object:
    return kind("a")


def by_name(kind: Kind) -> object:
    return kind("a", marks=("x",), line=2)


def all_of_them(kind: Kind) -> object:
    return kind("a", 2, ("x",))


def methods(kind: Kind) -> object:
    return kind("a", 2).where, tuple(kind("a", 2).below(3))


def fields(kind: Kind) -> object:
    return kind._fields, kind._field_defaults, kind.__match_args__, kind.__doc__


def as_a_tuple(kind: Kind) -> object:
    path, line, marks = kind("a", 2)
    equal = (kind("a"), hash(kind("a"))) == (("a", 1, ()), hash(("a", 1, ())))
    return path, line, marks, equal, sorted([kind("b"), kind("a", 3), kind("a")])


def in_a_pattern(kind: Kind) -> object:
    match kind("a", 2):
        case Theirs(path, line) | Ours(path, line):
            return path, line


def as_words(kind: Kind) -> object:
    return repr(kind("a")).removeprefix(kind.__name__), kind("a")._asdict()


def made_of_values(kind: Kind) -> object:
    return kind._make(["a", 2, ()]), kind._make(iter(("a", 2, ())))


def copied(kind: Kind) -> object:
    one = kind("a", 2)
    copies = [copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))]
    return [(type(other) is kind, tuple(other)) for other in copies]


@pytest.mark.parametrize(
    "use",
    [
        only_path, by_name, all_of_them, methods, fields, as_a_tuple, in_a_pattern, as_words,
        made_of_values, copied,
    ],
)  # fmt: skip
def test_ours_are_like_those_of_typing(use: Callable[[Kind], object]) -> None:
    assert use(Theirs) == use(Ours)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        (("a", 1, (), 2), {}),
        (("a",), {"path": "b"}),
        (("a",), {"column": 1}),
        ((), {"line": 1}),
        ((), {"line": 1, "column": 1}),
        (("a", 1, (), 2), {"column": 1}),
    ],
)
@pytest.mark.parametrize("kind", [Theirs, Ours])
def test_fields_that_are_missing_twice_or_unknown_are_refused(
    kind: Callable[..., object], values: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


@pytest.mark.parametrize("name", ["path", "column"])
@pytest.mark.parametrize("kind", [Theirs, Ours])
def test_nothing_of_one_can_be_set(kind: Kind, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(kind("a"), name, "b")


def test_an_unknown_field_cannot_be_replaced() -> None:
    replace: Callable[..., object] = Ours("a")._replace
    with pytest.raises((TypeError, ValueError)):
        replace(column=1)


def test_one_can_be_inherited() -> None:
    assert Inherited("a", 2).where == "at a:2"
