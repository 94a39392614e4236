"""A local model's call that outlives its time: the exit code is still the outcome's."""

import subprocess
import sys

# the engine crashes when the interpreter is taken apart under its call: 99 stands for that
SCRIPT = """
import atexit, os, sys, threading, time
import hexci.cli.main as line
from hexci.domain.late import LATE
atexit.register(os._exit, 99)
if sys.argv[1] == "late":
    threading.Thread(target=time.sleep, args=(60,), name=LATE, daemon=True).start()
line.cli.main = lambda **_: 5
line.main()
"""


def exit_code(moment: str) -> int:
    return subprocess.run([sys.executable, "-c", SCRIPT, moment], check=False).returncode


def test_a_late_call_does_not_change_the_exit_code() -> None:
    assert exit_code("late") == 5


def test_without_one_the_interpreter_ends_as_always() -> None:
    assert exit_code("in time") == 99
