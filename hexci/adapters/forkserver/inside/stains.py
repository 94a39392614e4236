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
_MOST_INSIDE = 1000  # in one of them
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

    def kept(self, given: list) -> list:
        """What modules hold and what tests are `given`, with its content, for `put_back`.

        Containers and objects of the program inside others are kept too, as far as it is bounded.
        """
        waiting = collections.deque(
            each
            for module in self._modules
            for value in list(vars(module).values())
            for each in _containers(value, module.__name__)
        )
        waiting.extend(given)
        names = {module.__name__ for module in self._modules}
        found: list = []
        known: set = set()
        while waiting and len(found) < _MOST:
            each = waiting.popleft()
            if not isinstance(each, _KEPT) and type(each).__module__ in names:
                each = getattr(each, "__dict__", None)
            if id(each) in known or not isinstance(each, (tuple, *_KEPT)):
                continue
            known.add(id(each))
            if not isinstance(each, tuple):
                found.append((each, list(_items(each))))
            if len(each) <= _MOST_INSIDE:
                waiting.extend(each.values() if isinstance(each, dict) else each)
        return found

    def put_back(self, kept: list) -> None:
        """Gives what has changed its old content: most of it remembers earlier calls."""
        for container, before in kept:
            if _differs(container, before):
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


def _differs(container, before: list) -> bool:
    """Whether a container holds other things, or in another order; never asks them themselves."""
    if len(container) != len(before):
        return True
    if isinstance(container, (set, bytearray)):
        return {id(each) for each in container} != {id(each) for each in before}
    if isinstance(container, dict):
        now = dict.items(container)
        return any(k is not a or v is not b for (k, v), (a, b) in zip(now, before))
    return any(one is not other for one, other in zip(container, before))


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
