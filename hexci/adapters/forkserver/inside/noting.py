"""What is noted while tests are watched: lines, types of locals, the frames of a crash."""

from __future__ import annotations

import types

from .comparing import compared
from .exchanging import LiveFunctions

_MOST_TYPES = 6
_MOST_RETURNS = 30  # of one function looked at for types


class Notes:
    """Gathers while tests run. Only code below the root is looked at."""

    def __init__(self, live: LiveFunctions) -> None:
        self.live = live
        self._types: dict = {}
        self._returns: dict = {}
        self.lines: set = set()
        self.all_lines: set = set()
        self.only: set = set()  # lines that are told; empty for all
        self.gave_up = False
        self.give_up = lambda: None

    def begin(self, give_up) -> None:
        """A new test; `give_up` tells what is known when it runs too long."""
        self.lines = set()
        self.gave_up = False
        self.give_up = give_up

    def note_types(self, path: str, frame: types.FrameType) -> bool:
        """Notes the types of a frame's locals; False when enough is known of its function."""
        place = (path, frame.f_code.co_firstlineno)
        self._returns[place] = self._returns.get(place, 0) + 1
        if self._returns[place] > _MOST_RETURNS:
            return False
        known = self._types.setdefault(place, {})
        for name, value in frame.f_locals.items():
            seen = known.setdefault(name, set())
            if len(seen) < _MOST_TYPES:
                seen.add(type(value).__name__)
        return True

    def told(self, test: str, passed: bool, error: BaseException | None, ask: bool = False) -> dict:
        """What is known of one test; with `ask`, its expressions may be evaluated once more."""
        lines: dict = {}
        if not self.only:
            self.all_lines |= self.lines
        for path, line in sorted(self.lines & self.only if self.only else self.lines):
            lines.setdefault(path, []).append(line)
        said = {"test": test, "passed": passed, "lines": lines}
        if error is not None:
            shown = compared(error) if ask else None
            said["crash"] = {**self._crash(error), **({"shown": shown} if shown else {})}
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
            path = self.live.path_of(at.tb_frame.f_code)
            if path is not None:
                frames.append([path, at.tb_lineno])
            at = at.tb_next
        try:
            message = str(error)[:500]
        except Exception:  # noqa: BLE001 - the program's own __str__ may do anything
            message = ""
        return {"kind": type(error).__name__, "message": message, "frames": frames}
