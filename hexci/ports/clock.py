"""Time, so that use cases stay pure."""

from typing import Protocol


class Clock(Protocol):
    """Two kinds of time."""

    def now(self) -> str:
        """UTC, ISO 8601 to the second with a Z."""
        ...

    def monotonic(self) -> float:
        """Seconds of a clock that only goes forward."""
        ...
