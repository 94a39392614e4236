"""What is told while a run goes on: lines for a log, a live line for a person's terminal."""

import os
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.status import Status


class PlainProgress:
    """One line an event, with seconds since the start; ticks at most every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._start = time.monotonic()
        self._ticked = self._start

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.flush()

    def stage(self, name: str, detail: str = "") -> None:
        """A line with the stage."""
        self._say(f"{name}: {detail}" if detail else name)

    def note(self, text: str) -> None:
        """A line."""
        self._say(f"  {text}")

    def tick(self, text: str) -> None:
        """A line, unless one was written less than ten seconds ago."""
        if time.monotonic() - self._ticked >= 10:
            self._ticked = time.monotonic()
            self._say(f"  {text}")

    def _say(self, text: str) -> None:
        seconds = time.monotonic() - self._start
        self._stream.write(f"[{seconds:6.1f}s] {text}\n")
        self._stream.flush()


class LiveProgress:
    """A spinner line with stage, figure and time; notes scroll above it."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console  # noqa: PLC0415 - 40 ms that only a person waits for

        self._console = Console(file=stream, highlight=False)
        self._status: Status = self._console.status("starting")
        self._stage = ""
        self._start = time.monotonic()

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._status.stop()

    def stage(self, name: str, detail: str = "") -> None:
        """Begins a stage: it shows in the live line and stays above it."""
        self._stage = f"{name} {detail}".strip()
        seconds = time.monotonic() - self._start
        self._console.print(f"{seconds:5.1f}s  {name:5} {detail}", markup=False)
        self._show("")

    def note(self, text: str) -> None:
        """A line that stays."""
        self._console.print(f"        {text}", markup=False)

    def tick(self, text: str) -> None:
        """Replaces the figure in the live line."""
        self._show(text)

    def _show(self, text: str) -> None:
        from rich.text import Text  # noqa: PLC0415

        self._status.update(Text(f"{self._stage}  {text}"))


def progress_for(stream: TextIO) -> PlainProgress | LiveProgress:
    """Live on a person's terminal, plain lines elsewhere; some CI runners give a terminal too."""
    watched = stream.isatty() and os.environ.get("CI", "").lower() not in {"1", "true"}
    return LiveProgress(stream) if watched else PlainProgress(stream)
