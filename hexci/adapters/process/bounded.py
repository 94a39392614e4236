"""One process group: started, listened to within bounds, and gone when we return."""

import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from hexci.ports.sandbox import Finished

_CHUNK = 65_536
# Seconds between SIGKILL of the group and giving up on reading what is left in the pipe.
_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class Caps:
    """What one run may use of the machine: bytes of memory and of one file."""

    memory: int = 8 * 2**30
    file_size: int = 2 * 2**30


class Tail:
    """Output kept within a bound: the first half and the last half of the limit."""

    def __init__(self, limit: int) -> None:
        self._half = max(1, limit // 2)
        self._head = bytearray()
        self._tail = bytearray()
        self._dropped = 0

    def add(self, chunk: bytes) -> None:
        """Takes one more piece of output."""
        room = self._half - len(self._head)
        if room > 0:
            self._head += chunk[:room]
            chunk = chunk[room:]
        self._tail += chunk
        if len(self._tail) > 2 * self._half:
            self._cut()

    def text(self) -> bytes:
        """What was kept, with a line that says how many bytes were dropped."""
        self._cut()
        if not self._dropped:
            return bytes(self._head + self._tail)
        mark = f"\n… {self._dropped} bytes left out …\n".encode()
        return bytes(self._head) + mark + bytes(self._tail)

    def _cut(self) -> None:
        excess = len(self._tail) - self._half
        if excess > 0:
            self._dropped += excess
            del self._tail[:excess]


def run_bounded(  # noqa: PLR0913 - each is a bound of its own
    argv: Sequence[str],
    *,
    folder: PurePath,
    environment: Mapping[str, str],
    timeout: float,
    output_limit: int,
    caps: Caps | None = None,
) -> Finished:
    """Runs `argv`; when this returns, its whole process group has been killed.

    `timeout` is wall clock seconds. Raises FileNotFoundError when `argv[0]` is not there.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        list(argv),
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    _confine(process.pid, caps or Caps())
    output = Tail(output_limit)
    try:
        in_time = _listen(process, output, begun + timeout)
    finally:
        _kill_group(process)
    _drain(process, output)
    exit_code = process.wait()
    return Finished(exit_code if in_time else None, output.text(), time.monotonic() - begun)


def _confine(pid: int, caps: Caps) -> None:
    """Limits that every process of the group inherits (Linux; elsewhere only time bounds it)."""
    if not hasattr(resource, "prlimit"):
        return
    limits = {
        resource.RLIMIT_DATA: caps.memory,
        resource.RLIMIT_FSIZE: caps.file_size,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        with suppress(ProcessLookupError, PermissionError, ValueError):
            resource.prlimit(pid, which, (most, most))


def _listen(process: subprocess.Popen[bytes], output: Tail, deadline: float) -> bool:
    """Reads until the process has ended (its children may hold the pipe); False when late."""
    assert process.stdout is not None  # noqa: S101
    os.set_blocking(process.stdout.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if ready.get_map() and ready.select(min(left, 0.05)):
                chunk = _read(process.stdout.fileno())
                if chunk == b"":
                    ready.unregister(process.stdout)
                elif chunk:
                    output.add(chunk)
                    continue
            elif not ready.get_map():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(min(left, 0.05))
            if process.poll() is not None:
                return True


def _drain(process: subprocess.Popen[bytes], output: Tail) -> None:
    """Takes what the killed group left in the pipe, for at most the grace."""
    assert process.stdout is not None  # noqa: S101
    stop = time.monotonic() + _GRACE
    while time.monotonic() < stop:
        chunk = _read(process.stdout.fileno())
        if not chunk:
            break
        output.add(chunk)
    process.stdout.close()


def _read(descriptor: int) -> bytes | None:
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return None


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
