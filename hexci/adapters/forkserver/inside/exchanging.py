"""Exchanging the code of functions that already live in this process."""

from __future__ import annotations
import __future__

import gc
import os
import types
import warnings

Key = "tuple[str, int, str]"
_FUTURES = 0
for _name in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _name).compiler_flag


class LiveFunctions:
    """The functions of the program below `root`, found once: looking in each child is dear."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root) + os.sep
        self._before: list = []
        self._paths: dict[str, str | None] = {}
        self._found: dict[tuple[str, int, str], list[types.FunctionType]] = {}
        self._new: dict[int, tuple[str, int, str]] = {}
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType):
                path = self.path_of(thing.__code__)
                if path is not None:
                    key = (path, thing.__code__.co_firstlineno, thing.__code__.co_name)
                    self._found.setdefault(key, []).append(thing)

    def keys(self) -> list[tuple[str, int, str]]:
        """(path, first line, name) of every function."""
        return sorted(self._found)

    def path_of(self, code: types.CodeType) -> str | None:
        """A code object's path below the root, None when it is elsewhere."""
        name = code.co_filename
        if name not in self._paths:
            if name.startswith("<"):  # frozen, or made from a text: no file
                return None
            real = os.path.realpath(name)
            inside = real.startswith(self._root)
            self._paths[name] = real[len(self._root) :] if inside else None
        return self._paths[name]

    def key_of(self, code: types.CodeType) -> tuple[str, int, str] | None:
        """(path, first line, name) of a function that runs `code`; None when it is elsewhere.

        New code keeps the key of what it took the place of: it is compiled without decorators,
        so its own first line may be another.
        """
        path = self.path_of(code)
        if path is None:
            return None
        return self._new.get(id(code)) or (path, code.co_firstlineno, code.co_name)

    def holds_module(self, module) -> bool:
        """Whether a module's file is below the root."""
        name = getattr(module, "__file__", None)
        return isinstance(name, str) and os.path.realpath(name).startswith(self._root)

    def function(self, key: tuple) -> types.FunctionType | None:
        """The live function of a key; None where there is none, or more than one."""
        found = self._found.get(key, [])
        return found[0] if len(found) == 1 else None

    def codes(self) -> list[types.CodeType]:
        """The code of every function, and of all that is defined in one."""
        found = []
        waiting = [f.__code__ for functions in self._found.values() for f in functions]
        while waiting:
            code = waiting.pop()
            found.append(code)
            waiting += [c for c in code.co_consts if isinstance(c, types.CodeType)]
        return found

    def restore(self) -> None:
        """Takes back every exchange of this process."""
        while self._before:
            function, code = self._before.pop()
            function.__code__ = code
        self._new.clear()

    def exchange(self, unit: dict) -> bool:
        """Gives the functions the unit names their new code. False when that cannot be."""
        functions = self._found.get((unit["path"], unit["line"], unit["name"]), [])
        if not functions:
            return False
        old = functions[0].__code__
        self._before += [(function, function.__code__) for function in functions]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = old.co_flags & _FUTURES
            module = compile(unit["text"], old.co_filename, "exec", flags, dont_inherit=True)
        new = _find(module, unit["name"])
        if new is None or new.co_freevars != old.co_freevars:
            return False
        self._new[id(new)] = (unit["path"], unit["line"], unit["name"])
        for before, after in _inner_pairs(old, new):
            key = (unit["path"], before.co_firstlineno, before.co_name)
            self._new[id(after)] = key
            for function in self._found.get(key, []):
                if function.__code__.co_freevars == after.co_freevars:
                    self._before.append((function, function.__code__))
                    function.__code__ = after
        for function in functions:
            function.__code__ = new
        return True


def _find(code: types.CodeType, name: str) -> types.CodeType | None:
    inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
    for each in inner:
        if each.co_name == name and each.co_flags & 0x2:  # a function, not a class body
            return each
    for each in inner:
        if not each.co_flags & 0x2:
            found = _find(each, name)
            if found is not None:
                return found
    return None


def _inner_pairs(
    old: types.CodeType, new: types.CodeType
) -> list[tuple[types.CodeType, types.CodeType]]:
    olds = [c for c in old.co_consts if isinstance(c, types.CodeType)]
    news = [c for c in new.co_consts if isinstance(c, types.CodeType)]
    if [c.co_name for c in olds] != [c.co_name for c in news]:
        return []
    pairs = []
    for one, other in zip(olds, news):
        pairs += [(one, other), *_inner_pairs(one, other)]
    return pairs
