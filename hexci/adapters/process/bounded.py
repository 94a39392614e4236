"""One process group: started, listened to within bounds, and gone when we return."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import PurePath

from hexci.adapters.process.kept import Kept
from hexci.ports.sandbox import Finished

_CHUNK = 65_536
# Seconds for a supervisor to end what it looks after, and again for the pipe to be closed.
_GRACE = 3.0


def run_bounded(  # noqa: PLR0913 - each is a bound of its own
    argv: Sequence[str],
    *,
    folder: PurePath,
    environment: Mapping[str, str],
    timeout: float,
    output_limit: int,
    polite: bool = False,
) -> Finished:
    """Runs `argv`; when this returns, its whole process group has been killed.

    `timeout` is wall clock seconds. A `polite` end gives `argv` the time to kill what it
    supervises. Raises FileNotFoundError when `argv[0]` is not there.
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
    output = Kept(output_limit)
    try:
        in_time = _listen(process, output, begun + timeout)
    finally:
        _end(process, polite=polite)
    _drain(process, output)
    exit_code = process.wait()
    return Finished(exit_code if in_time else None, output.text(), time.monotonic() - begun)


def _listen(process: subprocess.Popen[bytes], output: Kept, deadline: float) -> bool:
    """Reads until the process has ended (its children may hold the pipe); False when late."""
    assert process.stdout is not None  # noqa: S101
    descriptor = process.stdout.fileno()
    os.set_blocking(descriptor, False)
    is_open = True
    while process.poll() is None:
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        if is_open and select.select([descriptor], [], [], min(left, 0.05))[0]:
            chunk = _read(descriptor)
            is_open = chunk != b""
            output.add(chunk or b"")
        elif not is_open:
            with suppress(subprocess.TimeoutExpired):
                process.wait(min(left, 0.05))
    return True


def _drain(process: subprocess.Popen[bytes], output: Kept) -> None:
    """Takes what is left in the pipe until its last writer is dead, for at most the grace."""
    assert process.stdout is not None  # noqa: S101
    descriptor = process.stdout.fileno()
    stop = time.monotonic() + _GRACE
    while (left := stop - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            chunk = _read(descriptor)
            if chunk == b"":
                break
            output.add(chunk or b"")
    process.stdout.close()


def _read(descriptor: int) -> bytes | None:
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return None


def _end(process: subprocess.Popen[bytes], *, polite: bool) -> None:
    if polite and process.poll() is None:
        with suppress(ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
            process.terminate()
            process.wait(_GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
