"""The calls that tests make into the program, with copies of their arguments."""

from __future__ import annotations

import sys
import types

from .copying import copied
from .exchanging import LiveFunctions

_MOST_CALLS = 40  # of one function
_FARTHEST = 12  # frames of other people's code between a test and the program


class Recorder:
    """Keeps calls from test files into the program during which a patched function ran.

    `near` are those during which a function of `focus` did.
    """

    def __init__(self, live: LiveFunctions, tests: set, patched: set, focus: set) -> None:
        self._live = live
        self._tests = tests
        self._patched = patched
        self._focus = focus
        self._open: list = []  # [frame, key, arguments, whether a patched function ran]
        self.calls: dict = {}
        self.near: set = set()

    def start(self) -> None:
        """Watches from now on."""
        self._open = []
        sys.setprofile(self._on_event)

    def stop(self) -> None:
        """Watches no more."""
        sys.setprofile(None)

    def _on_event(self, frame: types.FrameType, event: str, arg: object) -> None:
        if event == "return":
            if self._open and self._open[-1][0] is frame:
                _, key, arguments, concerned = self._open.pop()
                if concerned and arguments is not None:
                    self.calls.setdefault(key, []).append(arguments)
            return
        if event != "call":
            return
        key = self._live.key_of(frame.f_code)
        if key is None or key[0] in self._tests:
            return
        if (
            self._is_one(key)
            and self._is_entry(frame)
            and len(self.calls.get(key, ())) < _MOST_CALLS
        ):
            self._open.append([frame, key, self._arguments(frame), False])
        if key in self._patched:
            for entry in self._open:
                entry[3] = True
                if key in self._focus:
                    self.near.add(entry[1])

    def _is_entry(self, frame: types.FrameType) -> bool:
        back = frame.f_back
        for _ in range(_FARTHEST):
            if back is None:
                return False
            key = self._live.key_of(back.f_code)
            if key is not None and (key[0] in self._tests or self._is_one(key)):
                return key[0] in self._tests
            back = back.f_back
        return False

    def _is_one(self, key: tuple) -> bool:
        """Whether just one function has the key: a decorator's wrapper is many, and calls none."""
        return self._live.function(key) is not None

    def _arguments(self, frame: types.FrameType):
        code = frame.f_code
        count = code.co_argcount + code.co_kwonlyargcount
        names = code.co_varnames[:count]
        varargs = bool(code.co_flags & 0x04)
        keywords = bool(code.co_flags & 0x08)
        stars = code.co_varnames[count : count + varargs + keywords]
        sys.setprofile(None)
        try:
            values = [frame.f_locals[name] for name in (*names, *stars)]
            if any(isinstance(v, (types.GeneratorType, types.CoroutineType)) for v in values):
                return None
            return copied(values)
        except BaseException:  # noqa: BLE001 - whatever the program's own copying does
            return None
        finally:
            sys.setprofile(self._on_event)


def call(function: types.FunctionType, arguments: list) -> object:
    """Calls `function` with values in the order of its parameters, as recorded."""
    code = function.__code__
    positional = arguments[: code.co_argcount]
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[code.co_argcount : count]
    keywords = dict(zip(names, arguments[code.co_argcount : count]))
    rest = arguments[count:]
    if code.co_flags & 0x04:
        positional = [*positional, *rest.pop(0)]
    if code.co_flags & 0x08:
        keywords.update(rest.pop(0))
    return function(*positional, **keywords)
