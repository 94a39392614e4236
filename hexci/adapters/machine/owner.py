"""Which process owns a run, written so that any later process can tell whether it still lives."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from hexci.domain.canonical import Json


def this_owner() -> dict[str, Json]:
    """Host, boot, process id and start: together they name one process for ever."""
    pid = os.getpid()
    return {"host": platform.node(), "boot": _boot(), "pid": pid, "start": _start_of(pid)}


def is_alive(owner: Mapping[str, Json]) -> bool | None:
    """Whether the owner still runs; None when it is of another machine and cannot be asked."""
    if owner.get("host") != platform.node():
        return None
    if owner.get("boot") != _boot():
        return False
    pid = owner.get("pid")
    if not isinstance(pid, int):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _start_of(pid) == owner.get("start") and not _is_zombie(pid)


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _stat_of(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; empty where there is no /proc."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _start_of(pid: int) -> str:
    """Clock ticks since boot at which the process started; empty where there is no /proc."""
    fields = _stat_of(pid)
    return fields[19] if fields else ""


def _is_zombie(pid: int) -> bool:
    return _stat_of(pid)[:1] == ["Z"]
