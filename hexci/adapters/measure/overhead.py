"""Timing hexci as whole processes, on a small repository made for it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hexci.domain.measurement import Paired
from hexci.errors import HexciError

_BUGGY = "def add(a, b):\n    return a - b\n"
_TESTS = """\
import time
import unittest

from calc import add


class AddTest(unittest.TestCase):
    def test_sum(self):
        time.sleep(1)
        self.assertEqual(add(2, 3), 5)
"""
_EVIDENCE = "python3 -m unittest -q"
_EDIT = "cmd:bash -c 'sed -i s/-/+/ calc.py'"
_TIMEOUT = 120.0


def time_start_up(runs: int) -> Paired:
    """`hexci --version` beside `python -c "import click"`; one pair is not counted."""
    version = [sys.executable, "-m", "hexci", "--version"]
    click = [sys.executable, "-c", "import click"]
    pairs = [(_seconds(version), _seconds(click)) for _ in range(runs + 1)][1:]
    ours, theirs = zip(*pairs, strict=True)
    return Paired("hexci --version", 'python -c "import click"', ours, theirs)


def time_main_job(runs: int) -> tuple[Paired, tuple[float, ...]]:
    """`hexci do` beside its evidence run bare; and what is left of it without its evidence runs.

    The second value is seconds a run: the whole process less every second that the run's own
    record says an evidence command took.
    """
    with tempfile.TemporaryDirectory() as folder:
        repo = _repository(Path(folder) / "repo")
        measured = [_one_run(repo) for _ in range(runs + 1)][1:]
    ours = tuple(whole for whole, _, _ in measured)
    theirs = tuple(bare for _, bare, _ in measured)
    added = tuple(whole - inside for whole, _, inside in measured)
    return Paired("hexci do", _EVIDENCE, ours, theirs), added


def _one_run(repo: Path) -> tuple[float, float, float]:
    argv = [sys.executable, "-m", "hexci", "do", "add adds", "--evidence", _EVIDENCE,
            "--candidate", _EDIT, "--json"]  # fmt: skip
    begun = time.monotonic()
    done = subprocess.run(
        argv, cwd=repo, capture_output=True, text=True, timeout=_TIMEOUT, check=False
    )
    whole = time.monotonic() - begun
    if done.returncode != 0:
        raise HexciError(f"the benchmark's run failed: {done.stderr}")
    bare = _seconds(["bash", "-c", _EVIDENCE], repo, ok=(1,))
    inside = sum(step["seconds"] for step in json.loads(done.stdout)["steps"])
    # the red run is paid before the gate's steps and is one bare run
    return whole, bare, inside + bare


def _repository(folder: Path) -> Path:
    folder.mkdir()
    (folder / "calc.py").write_text(_BUGGY)
    (folder / "test_calc.py").write_text(_TESTS)
    for argv in (
        ["git", "init", "-q"],
        ["git", "add", "-A"],
        ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org",
         "commit", "-q", "-m", "Start"],
    ):  # fmt: skip
        subprocess.run(argv, cwd=folder, check=True, capture_output=True, timeout=60)
    return folder


def _seconds(argv: list[str], folder: Path | None = None, ok: tuple[int, ...] = (0,)) -> float:
    begun = time.monotonic()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        argv, cwd=folder, env=environment, capture_output=True, timeout=_TIMEOUT, check=False
    )
    if done.returncode not in ok:
        raise HexciError(f"{argv[0]} failed: {done.stderr.decode('utf-8', 'replace')}")
    return time.monotonic() - begun
