"""Watching by `sys.monitoring` (Python 3.12 and newer): a line costs once a test, however it loops.

It also leaves `sys.settrace` to tests that use it.
"""

from __future__ import annotations

import sys
import types

from .exchanging import LiveFunctions
from .noting import Notes

_NAME = "hexci"


def watcher(live: LiveFunctions):
    """A watcher; None in an older Python, or where all of its tools are taken."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is None:
        return None
    free = [n for n in (3, 4, 5) if monitoring.get_tool(n) is None]
    return _Watcher(live, monitoring, free[0]) if free else None


class _Watcher(Notes):
    def __init__(self, live: LiveFunctions, monitoring, tool: int) -> None:
        super().__init__(live)
        self._monitoring = monitoring
        self._tool = tool
        events = monitoring.events
        monitoring.use_tool_id(tool, _NAME)
        monitoring.register_callback(tool, events.LINE, self._on_line)
        monitoring.register_callback(tool, events.PY_START, self._on_start)
        monitoring.register_callback(tool, events.PY_RETURN, self._on_return)
        self._codes = live.codes()

    def start(self) -> None:
        """Watches from now on."""
        events = self._monitoring.events
        self._watch(events.LINE | events.PY_START | events.PY_RETURN)
        self._monitoring.restart_events()

    def stop(self) -> None:
        """Watches no more."""
        self._watch(0)

    def _watch(self, events: int) -> None:
        for code in self._codes:
            self._monitoring.set_local_events(self._tool, code, events)

    def _on_line(self, code: types.CodeType, line: int):
        self.lines.add((self.live.path_of(code), line))
        return self._monitoring.DISABLE

    def _on_start(self, code: types.CodeType, offset: int):
        self.lines.add((self.live.path_of(code), code.co_firstlineno))
        return self._monitoring.DISABLE

    def _on_return(self, code: types.CodeType, offset: int, value: object):
        frame = sys._getframe(1)
        path = self.live.path_of(code)
        if frame.f_code is code and path is not None and self.note_types(path, frame):
            return None
        return self._monitoring.DISABLE
