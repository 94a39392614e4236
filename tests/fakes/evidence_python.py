"""The Python that evidence runs in: pytest and nothing else.

The environment of our own tests has plugins that reorder tests and reseed `random`; evidence must
not depend on them, nor on whatever Python the machine has on PATH.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

_PLACE = Path(sys.prefix) / "evidence"


def evidence_path() -> str:
    """PATH with that Python first; it is made on first use, by one worker for all."""
    done = _PLACE / "done"
    with (Path(sys.prefix) / "evidence.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _make()
            done.touch()
    return f"{_PLACE / 'bin'}{os.pathsep}{os.environ['PATH']}"


def _make() -> None:
    for argv in (
        [sys.executable, "-m", "venv", "--clear", str(_PLACE)],
        [str(_PLACE / "bin" / "python"), "-m", "pip", "install", "--quiet", "pytest>=8.2"],
    ):
        subprocess.run(argv, check=True, capture_output=True, timeout=300)
