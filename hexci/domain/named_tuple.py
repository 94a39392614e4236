"""`NamedTuple`, made without `typing` and without compiling code for each class.

Commit hooks wait for both: 3 ms for the one, 0.1 ms a class for the other. To a type checker it
is that of `typing`; so it is too where annotations are no longer kept in the body of a class.
"""

import sys
from collections.abc import Iterable
from operator import itemgetter

TYPE_CHECKING = False  # that of `typing`
if TYPE_CHECKING:
    from typing import Self


class Named(tuple[object, ...]):
    """What all named tuples can do, as those of `typing` do it."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _field_defaults: dict[str, object] = {}  # noqa: RUF012 - of the class
    _last: tuple[object, ...] = ()  # the defaults, which are those of the last fields

    def __new__(cls, *values: object, **named: object) -> "Self":
        """All fields, by place and by name."""
        if named:
            values = _placed(cls, values, named)
        missing = len(cls._fields) - len(values)
        if missing:
            if not 0 < missing <= len(cls._last):
                raise TypeError(_wanted(cls))
            values += cls._last[-missing:]
        return tuple.__new__(cls, values)

    @classmethod
    def _make(cls, values: Iterable[object]) -> "Self":
        return cls(*values)

    def _asdict(self) -> dict[str, object]:
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, **named: object) -> "Self":
        return self.__class__(**{**self._asdict(), **named})

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        said = ", ".join([f"{field}={value!r}" for field, value in self._asdict().items()])
        return f"{self.__class__.__name__}({said})"


def _placed(
    cls: type[Named], values: tuple[object, ...], named: dict[str, object]
) -> tuple[object, ...]:
    """The values of all fields. Raises TypeError where some are missing, twice or not known."""
    placed = dict(zip(cls._fields, values, strict=False))
    given = {**cls._field_defaults, **placed, **named}
    twice = placed.keys() & named.keys() or len(values) > len(placed)
    if twice or given.keys() != set(cls._fields):
        raise TypeError(_wanted(cls))
    return tuple([given[field] for field in cls._fields])


def _wanted(cls: type[Named]) -> str:
    return f"{cls.__name__} takes {', '.join(cls._fields)}, each once"


class _Making(type):
    """Turns a class that says it is a `NamedTuple` into an ordinary one that is `Named`."""

    def __new__(cls, name: str, _: tuple[type, ...], body: dict[str, object]) -> type[Named]:
        annotations = body["__annotations__"]
        assert isinstance(annotations, dict)  # noqa: S101
        fields = tuple(annotations)
        defaults = {field: body[field] for field in fields if field in body}
        places = {field: property(itemgetter(at)) for at, field in enumerate(fields)}
        last = tuple(defaults.values())
        own = {"__slots__": (), "__match_args__": fields, "_fields": fields, "_last": last}
        return type(name, (Named,), {**body, **places, **own, "_field_defaults": defaults})


if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - handed on
else:
    NamedTuple = type.__new__(_Making, "NamedTuple", (), {})
