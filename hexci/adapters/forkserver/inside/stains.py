"""What tests may leave behind in a process: sizes of what modules, classes and defaults hold."""

from __future__ import annotations

import collections
import functools
import gc
import sys
import types

from .exchanging import LiveFunctions

_SIZED = (list, dict, set, bytearray)
_KEPT = (collections.OrderedDict, collections.deque, dict, list, set, bytearray)
_MOST = 400  # things that are looked at each time
_CACHED = functools.lru_cache(lambda: None).__class__


class Stains:
    """Found once in the server, looked at in its children."""

    def __init__(self, live: LiveFunctions) -> None:
        self._caches = [
            thing for thing in gc.get_objects()
            if isinstance(thing, _CACHED) and _is_ours(thing, live)
        ]  # fmt: skip
        self._modules = [m for m in list(sys.modules.values()) if live.holds_module(m)]

    def clear_caches(self) -> None:
        """Empties what `functools` remembers of the program's functions."""
        for cache in self._caches:
            cache.cache_clear()

    def kept(self) -> list:
        """What is held, each with a shallow copy, for `put_back`."""
        found: list = []
        for module in self._modules:
            for value in list(vars(module).values()):
                held = _containers(value, module.__name__)
                found += [(each, list(_items(each))) for each in held]
                if len(found) >= _MOST:
                    return found
        return found

    def put_back(self, kept: list) -> None:
        """Gives what has grown or shrunk its old content: most of it remembers earlier calls."""
        for container, before in kept:
            if len(container) != len(before):
                kind = next(kind for kind in _KEPT if isinstance(container, kind))
                # the kind's own ways: a program's class may do other things besides
                kind.clear(container)
                fill = kind.update if hasattr(kind, "update") else kind.extend  # type: ignore[union-attr]
                fill(container, before)

    def seen(self) -> list:
        """Sizes of what is held below modules, one level deep into classes and objects."""
        found: list = []
        for module in self._modules:
            for value in list(vars(module).values()):
                if len(found) >= _MOST:
                    return found
                found += _sizes(value, module.__name__)
        return found


def _containers(value: object, module: str) -> list:
    """Containers of a module's name, of its defaults or of its own content."""
    if isinstance(value, types.FunctionType):
        held = list(value.__defaults__ or ())
    elif (value if isinstance(value, type) else type(value)).__module__ == module:
        held = [value, *getattr(value, "__dict__", {}).values()]
    else:
        held = [value]
    return [each for each in held if isinstance(each, _KEPT)]


def _items(container):
    return dict.items(container) if isinstance(container, dict) else container


def _sizes(value: object, module: str) -> list:
    if isinstance(value, _SIZED):
        return [id(value), len(value)]
    if isinstance(value, types.FunctionType):
        return [len(d) for d in value.__defaults__ or () if isinstance(d, _SIZED)]
    owner = value if isinstance(value, type) else type(value)
    if owner.__module__ != module:
        return [id(value)]  # another object under the name is a change too
    held = list(getattr(value, "__dict__", {}).values())
    # unittest gives a class new lists, as empty as the old ones, each time that it is through
    return [id(value), *(len(v) if isinstance(v, _SIZED) else id(v) for v in held)]


def _is_ours(cache: object, live: LiveFunctions) -> bool:
    code = getattr(getattr(cache, "__wrapped__", None), "__code__", None)
    return code is not None and live.path_of(code) is not None
