"""JSON lines over a local socket to the process that searches."""

from __future__ import annotations

import json
import os
import socket

ADDRESS = "HEXCI_FORK_SOCKET"
ROOT = "HEXCI_FORK_ROOT"


class Wire:
    """One connection. `lines()` never blocks longer than one read."""

    def __init__(self, role: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(os.environ[ADDRESS])
        self._pending = b""
        self.send({"role": role})

    def fileno(self) -> int:
        """For select."""
        return self._socket.fileno()

    def send(self, message: dict) -> None:
        """Sends one message."""
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def lines(self) -> list[dict] | None:
        """The messages that have arrived; None when the other side has gone."""
        data = self._socket.recv(1 << 20)
        if not data:
            return None
        *whole, self._pending = (self._pending + data).split(b"\n")
        return [json.loads(line) for line in whole]

    def close(self) -> None:
        """Closes this process's end."""
        self._socket.close()
