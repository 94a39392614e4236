"""What one command costs: CPU seconds and peak memory of the whole process, children included."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hexci.errors import HexciError

TIMEOUT = 120.0  # seconds for one run of one tool
# A child starts out with the memory of who forked it: a small process must do it, or the peak
# of every small tool would be that of the bench itself.
_LAUNCHER = """
import os, sys
pid = os.fork()
if not pid:
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    try:
        os.execvp(sys.argv[1], sys.argv[1:])
    finally:
        os._exit(127)
_, status, used = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU and wall seconds, peak resident MB and exit code of one run."""

    cpu: float
    wall: float
    peak: float
    code: int


def run(argv: Sequence[str], folder: Path) -> Usage:
    """Runs a command to its end, its output thrown away.

    Raises HexciError when it cannot be started or takes over `TIMEOUT` seconds.
    """
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *argv]
    environment = {name: text for name, text in os.environ.items() if name[:6] != "PYTHON"}
    begun = time.monotonic()
    with subprocess.Popen(
        launcher, cwd=folder, env=environment, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            out, _ = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise HexciError(f"{argv[0]} took over {TIMEOUT:.0f} s") from error
    wall = time.monotonic() - begun
    code, cpu, peak = out.split()
    if int(code) == 127:
        raise HexciError(f"{argv[0]} cannot be started")
    per_mb = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024
    return Usage(float(cpu), wall, float(peak) / per_mb, int(code))
