"""What one child may use: processor time, memory, file size. Ends it where it exceeds them."""

from __future__ import annotations

import resource
import signal

_FILE_SIZE = 64_000_000
_MEMORY_BESIDE = 1_000_000_000


def bound_child() -> None:
    """Memory beside what the server already has, and no file larger than a test needs."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[0])
    most = pages * resource.getpagesize() + _MEMORY_BESIDE
    for kind, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_FSIZE, _FILE_SIZE)):
        hard = resource.getrlimit(kind)[1]
        own = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (own, own))


def bound_test(seconds: float) -> None:
    """From now on, `seconds` of processor time; then the process is killed, whatever it runs."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
