"""What a person or a log is told while a run goes on."""

from typing import Protocol


class Progress(Protocol):
    """Told in trade terms; how it looks is the sink's business."""

    def stage(self, name: str, detail: str = "") -> None:
        """A stage (plan, work, gate, emit) or a candidate begins."""
        ...

    def note(self, text: str) -> None:
        """One thing worth a line of its own."""
        ...

    def tick(self, text: str) -> None:
        """A figure that changes often (attempts so far); a log may drop it."""
        ...
