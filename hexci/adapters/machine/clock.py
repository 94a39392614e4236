"""The machine's clocks."""

import time
from datetime import UTC, datetime


class SystemClock:
    """Wall clock in UTC, and the monotonic one."""

    def now(self) -> str:
        """UTC, ISO 8601 to the second with a Z."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def monotonic(self) -> float:
        """Seconds of a clock that only goes forward."""
        return time.monotonic()
