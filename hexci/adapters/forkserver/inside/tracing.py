"""One traced run: lines per test, the frames of each crash, the types that locals had."""

from __future__ import annotations

import sys
import time
import types

from .exchanging import LiveFunctions
from .limits import bound_test
from .noting import Notes
from .serving import Reply
from .watching import watcher

_QUICK = 1.0  # seconds; of a slower test nothing is asked again
_MOST_EVENTS = 300_000  # of one test: a test that needs more is looping or is no use to trace


class _TooLongError(BaseException):
    pass


def trace_tests(suite, live: LiveFunctions, job: dict, reply: Reply) -> None:
    """Traces the tests of `first` and then `then` until `seconds` are over."""
    tracer = watcher(live) or _Tracer(live)
    order = [*job["first"], *job["then"]]
    ends = time.monotonic() + job["seconds"]
    for at, test in enumerate(order):
        if at == len(job["first"]):
            tracer.only = tracer.all_lines  # a patch is made where a failing test was
            ends = time.monotonic() + job["seconds"]
        if time.monotonic() > ends and at >= len(job["first"]):
            break
        following = order[at + 1] if at + 1 < len(order) else None
        bound_test(job["limits"].get(test, job["limit"]) * 40 + 5)
        tracer.begin(lambda name=test: reply.say(**tracer.told(name, False, None)))
        began = time.monotonic()
        tracer.start()
        try:
            passed = suite.run(test, following)
        finally:
            tracer.stop()
        if not tracer.gave_up:
            quick = time.monotonic() - began < _QUICK
            reply.say(**tracer.told(test, passed, suite.last_error, ask=quick))
    reply.say(types=tracer.types_told())


class _Tracer(Notes):
    """Watches by `sys.settrace`: every line costs an event each time that it runs."""

    def start(self) -> None:
        """Watches from now on."""
        self._events = 0
        sys.settrace(self._on_call)

    def stop(self) -> None:
        """Watches no more."""
        sys.settrace(None)

    def _on_call(self, frame: types.FrameType, event: str, arg: object):
        path = self.live.path_of(frame.f_code)
        if path is None:
            return None
        lines, add = self.lines, self.lines.add

        def on_line(frame, event, arg):
            if event == "line":
                add((path, frame.f_lineno))
                self._events += 1
                if self._events > _MOST_EVENTS and not self.gave_up:
                    self.gave_up = True
                    self.give_up()
                    raise _TooLongError
            elif event == "return":
                self.note_types(path, frame)
            return on_line

        lines.add((path, frame.f_lineno))
        return on_line
