"""The real command line, as a person calls it, on small repositories with a bug."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes.repositories import repo_with

BUGGY = {
    "calc.py": "def add(a, b):\n    return a - b\n",
    "test_calc.py": (
        "import unittest\n\nfrom calc import add\n\n\n"
        "class AddTest(unittest.TestCase):\n"
        "    def test_sum(self):\n        self.assertEqual(add(2, 3), 5)\n\n"
        "    def test_zero(self):\n        self.assertEqual(add(0, 0), 0)\n"
    ),
}
EVIDENCE = "python3 -m unittest -q"


def sed(script: str, path: str = "calc.py") -> str:
    """A `cmd:` candidate that edits one file; the task, its last argument, is not looked at."""
    return f"cmd:bash -c \"sed -i {script} '{path}'\""


FIX = sed("s/-/+/")


@dataclass(frozen=True)
class Said:
    """What a call of hexci said."""

    exit_code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document on stdout."""
        body = json.loads(self.out)
        assert isinstance(body, dict)
        return body


def environment(**more: str) -> dict[str, str]:
    """A plain environment: no CI, no keys."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", **more}


def hexci_argv(*arguments: str) -> list[str]:
    """The command line of this very Python's hexci."""
    return [sys.executable, "-m", "hexci", *arguments]


def hexci(folder: Path, *arguments: str, **more: str) -> Said:
    """`hexci ARGUMENTS` in `folder`."""
    done = subprocess.run(
        hexci_argv(*arguments),
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def buggy_repo(folder: Path) -> Path:
    """A repository whose evidence is red, and that FIX turns green."""
    return repo_with(folder, BUGGY)
