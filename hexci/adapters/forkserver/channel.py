"""The two connections to the processes in the sandbox, and the jobs under way on them."""

import contextlib
import json
import selectors
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hexci.errors import HexciError

Message = Mapping[str, Any]


class ServerGoneError(HexciError):
    """The server in the sandbox ended before we were done with it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one child said, line by line. `cut`: it was killed before it was done."""

    job: int
    said: tuple[Message, ...]
    cut: bool


class Channel:
    """Listens on a socket; afterwards holds one connection for each role."""

    def __init__(self, address: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(address))
        self._listener.listen(4)
        self._connections: dict[str, socket.socket] = {}
        self._pending: dict[str, bytes] = {}
        self._jobs = 0

    def accept(self, seconds: float, alive: Callable[[], bool]) -> Message | None:
        """Waits for both processes; what the warm one says of itself. None when they never come."""
        ends = time.monotonic() + seconds
        self._listener.settimeout(0.1)
        while time.monotonic() < ends:
            if "warm" in self._connections and "cold" in self._connections:
                return self._first("warm", ends, alive)
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                if not alive():
                    return None
                continue
            connection.settimeout(10.0)
            role, rest = _read_role(connection)
            self._connections[role] = connection
            self._pending[role] = rest
        return None

    def start(self, role: str, job: Mapping[str, object]) -> int:
        """Sends a job to the `warm` or the `cold` server; its number."""
        self._jobs += 1
        self._send(role, {**job, "id": self._jobs})
        return self._jobs

    def give_up(self) -> None:
        """Ends all jobs under way; their replies still come."""
        for role in self._connections:
            self._send(role, {"do": "give up"})

    def replies(self, seconds: float) -> list[Reply]:
        """Replies that have come, waiting at most `seconds` for the first."""
        with selectors.DefaultSelector() as selector:
            for role, connection in self._connections.items():
                selector.register(connection, selectors.EVENT_READ, role)
            ready = [key.data for key, _ in selector.select(seconds)]
        return [
            Reply(m["job"], tuple(s for s in m["said"] if isinstance(s, dict)), bool(m["cut"]))
            for role in ready
            for m in self._receive(role)
            if "job" in m
        ]

    def close(self) -> None:
        """Closes everything; the servers end by that."""
        for connection in (*self._connections.values(), self._listener):
            connection.close()

    def _first(self, role: str, ends: float, alive: Callable[[], bool]) -> Message | None:
        line, end, rest = self._pending[role].partition(b"\n")
        if end:  # it came together with the role
            self._pending[role] = rest
            first: Message = json.loads(line)
            return first
        while time.monotonic() < ends and alive():
            with contextlib.suppress(TimeoutError):
                for message in self._receive(role):
                    return message
        return None

    def _send(self, role: str, message: Mapping[str, object]) -> None:
        connection = self._connections[role]
        try:
            connection.settimeout(30.0)
            connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise ServerGoneError(f"the test server cannot be reached: {error}") from error

    def _receive(self, role: str) -> list[Message]:
        try:
            data = self._connections[role].recv(1 << 20)
        except TimeoutError:
            raise
        except OSError as error:
            raise ServerGoneError(f"the test server is gone: {error}") from error
        if not data:
            raise ServerGoneError("the test server ended by itself")
        *lines, self._pending[role] = (self._pending[role] + data).split(b"\n")
        return [json.loads(line) for line in lines]


def _read_role(connection: socket.socket) -> tuple[str, bytes]:
    data = b""
    while b"\n" not in data:
        more = connection.recv(4096)
        if not more:
            raise ServerGoneError("the test server hung up before it said what it is")
        data += more
    line, _, rest = data.partition(b"\n")
    return str(json.loads(line)["role"]), rest
