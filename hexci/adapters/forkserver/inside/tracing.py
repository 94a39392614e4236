"""One traced run: lines per test, the frames of each crash, the types that locals had."""

from __future__ import annotations

import sys
import time
import types

from .exchanging import LiveFunctions
from .limits import bound_test
from .serving import Reply

_MOST_EVENTS = 300_000  # of one test: a test that needs more is looping or is no use to trace
_MOST_TYPES = 6
_MOST_RETURNS = 30  # of one function looked at for types


class _TooLongError(BaseException):
    pass


def trace_tests(suite, live: LiveFunctions, job: dict, reply: Reply) -> None:
    """Traces the tests of `first` and then `then` until `seconds` are over."""
    tracer = _Tracer(live)
    order = [*job["first"], *job["then"]]
    ends = time.monotonic() + job["seconds"]
    for at, test in enumerate(order):
        if time.monotonic() > ends and at >= len(job["first"]):
            break
        following = order[at + 1] if at + 1 < len(order) else None
        bound_test(job["limits"].get(test, job["limit"]) * 40 + 5)
        tracer.begin(lambda name=test: reply.say(**tracer.told(name, False, None)))
        sys.settrace(tracer.on_call)
        try:
            passed = suite.run(test, following)
        finally:
            sys.settrace(None)
        if not tracer.gave_up:
            reply.say(**tracer.told(test, passed, suite.last_error))
    reply.say(types=tracer.types_told())


class _Tracer:
    """Gathers while tests run. Only code below the root is looked at."""

    def __init__(self, live: LiveFunctions) -> None:
        self._live = live
        self._types: dict[tuple[str, int], dict[str, set[str]]] = {}
        self._returns: dict[tuple[str, int], int] = {}
        self._lines: set[tuple[str, int]] = set()
        self._events = 0
        self.gave_up = False
        self._give_up = lambda: None

    def begin(self, give_up) -> None:
        """A new test; `give_up` tells what is known when it runs too long."""
        self._lines = set()
        self._events = 0
        self.gave_up = False
        self._give_up = give_up

    def on_call(self, frame: types.FrameType, event: str, arg: object):
        """The global trace function."""
        path = self._live.path_of(frame.f_code)
        if path is None:
            return None
        lines, add = self._lines, self._lines.add

        def on_line(frame, event, arg):
            if event == "line":
                add((path, frame.f_lineno))
                self._events += 1
                if self._events > _MOST_EVENTS and not self.gave_up:
                    self.gave_up = True
                    self._give_up()
                    raise _TooLongError
            elif event == "return":
                self._note_types(path, frame)
            return on_line

        lines.add((path, frame.f_lineno))
        return on_line

    def _note_types(self, path: str, frame: types.FrameType) -> None:
        place = (path, frame.f_code.co_firstlineno)
        self._returns[place] = self._returns.get(place, 0) + 1
        if self._returns[place] > _MOST_RETURNS:
            return
        known = self._types.setdefault(place, {})
        for name, value in frame.f_locals.items():
            seen = known.setdefault(name, set())
            if len(seen) < _MOST_TYPES:
                seen.add(type(value).__name__)

    def told(self, test: str, passed: bool, error: BaseException | None) -> dict:
        """What is known of one test."""
        lines: dict[str, list[int]] = {}
        for path, line in sorted(self._lines):
            lines.setdefault(path, []).append(line)
        said = {"test": test, "passed": passed, "lines": lines}
        if error is not None:
            said["crash"] = self._crash(error)
        return said

    def types_told(self) -> list:
        """[path, first line, name, types] of every local seen."""
        return [
            [path, line, name, sorted(seen)]
            for (path, line), names in sorted(self._types.items())
            for name, seen in sorted(names.items())
        ]

    def _crash(self, error: BaseException) -> dict:
        frames = []
        at = error.__traceback__
        while at is not None:
            path = self._live.path_of(at.tb_frame.f_code)
            if path is not None:
                frames.append([path, at.tb_lineno])
            at = at.tb_next
        try:
            message = str(error)[:500]
        except Exception:  # noqa: BLE001 - the program's own __str__ may do anything
            message = ""
        return {"kind": type(error).__name__, "message": message, "frames": frames}
