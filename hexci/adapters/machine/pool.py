"""Threads for the nodes of a pipeline; none of them keeps the process alive."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread


class ThreadPool:
    """At most `most` threads, started when there is work and nobody free."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._threads = 0
        self._free = 0
        self._lock = Lock()

    def submit(self, work: Callable[[], None]) -> None:
        """Runs `work` soon, in another thread."""
        with self._lock:
            if self._free:
                self._free -= 1
            elif self._threads < self._most:
                self._threads += 1
                Thread(target=self._serve, daemon=True).start()
        self._work.put(work)

    def _serve(self) -> None:
        while True:
            self._work.get()()
            with self._lock:
                self._free += 1
