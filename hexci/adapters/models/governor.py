"""Memory for local models: measured (also inside a cgroup), and reserved among concurrent runs."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hexci.domain.agent.memory_law import MemoryClaim
from hexci.errors import ModelError

_CGROUP = Path("/sys/fs/cgroup")
_MEMINFO = Path("/proc/meminfo")


def available_memory(cgroup: Path = _CGROUP, meminfo: Path = _MEMINFO) -> int:
    """Bytes that can be had without swapping: the less of the machine's and the cgroup's."""
    return max(0, min((_of_machine(meminfo), *_of_cgroup(cgroup))))


@contextmanager
def reserved(weights: int, name: str, folder: Path | None = None) -> Iterator[None]:
    """Memory for `weights` bytes of a model while the block lasts.

    Raises ModelError with the figures when there is not enough.
    """
    desk = folder or Path(tempfile.gettempdir()) / f"hexci-memory-{os.getuid()}"
    desk.mkdir(mode=0o700, exist_ok=True)
    mine = desk / f"{os.getpid()}-{os.urandom(4).hex()}"
    with (desk / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        claim = MemoryClaim(weights, available_memory(), _reserved_by_others(desk))
        if claim.refusal:
            raise ModelError(
                f"{name} was not started: {claim.refusal}",
                "Name a smaller model, or one of an endpoint.",
            )
        mine.write_text(str(claim.need))
    try:
        yield
    finally:
        mine.unlink(missing_ok=True)


def _reserved_by_others(desk: Path) -> int:
    """The sum of what living processes hold; the notes of dead ones are removed."""
    total = 0
    for note in desk.glob("[0-9]*-*"):
        if _lives(int(note.name.partition("-")[0])):
            with suppress(OSError, ValueError):
                total += int(note.read_text())
        else:
            note.unlink(missing_ok=True)
    return total


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _of_machine(meminfo: Path) -> int:
    try:
        lines = meminfo.read_text().splitlines()
    except OSError:  # no /proc: what is physically there
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(fields["MemAvailable"].split()[0]) * 1024


def _of_cgroup(cgroup: Path) -> Iterator[int]:
    for most, now, stat, idle in (
        ("memory.max", "memory.current", "memory.stat", "inactive_file"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat",
         "total_inactive_file"),
    ):  # fmt: skip
        try:
            limit, used = (cgroup / most).read_text().strip(), (cgroup / now).read_text()
            counts = dict(
                line.split(" ", 1) for line in (cgroup / stat).read_text().splitlines() if line
            )
        except OSError:
            continue
        if limit != "max":
            # pages of files that nobody reads can be taken back at once
            yield int(limit) - int(used) + int(counts.get(idle, "0"))
