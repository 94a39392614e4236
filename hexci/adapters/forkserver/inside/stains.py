"""What tests may leave behind in a process: sizes of what modules, classes and defaults hold."""

from __future__ import annotations

import functools
import gc
import sys
import types

from .exchanging import LiveFunctions

_SIZED = (list, dict, set, bytearray)
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

    def seen(self) -> list:
        """Sizes of what is held below modules, one level deep into classes and objects."""
        found: list = []
        for module in self._modules:
            for value in list(vars(module).values()):
                if len(found) >= _MOST:
                    return found
                found += _sizes(value, module.__name__)
        return found


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
