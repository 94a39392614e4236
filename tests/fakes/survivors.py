"""Processes that should be gone."""

import time
from contextlib import suppress
from pathlib import Path


def survivors(mark: str, patience: float = 20.0) -> list[str]:
    """Command lines of processes that carry `mark` in theirs or in their environment.

    Waits until there is none, for `patience` seconds at most: what is killed takes its time.
    """
    stop = time.monotonic() + patience
    while (found := _carrying(mark.encode())) and time.monotonic() < stop:
        time.sleep(0.05)
    return found


def _carrying(mark: bytes) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            argv = (process / "cmdline").read_bytes()
            if argv and (mark in argv or mark in (process / "environ").read_bytes()):
                found.append(argv.replace(b"\0", b" ").decode("utf-8", "replace"))
    return found
