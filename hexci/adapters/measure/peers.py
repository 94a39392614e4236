"""The tools `hexci analyze` is measured beside, each in an environment of its own."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexci.errors import HexciError

_TIMEOUT = 600.0  # seconds for an installation
_IMPORT_LINTER_CACHE = ".import_linter_cache"
_PYTHON = {"import-linter": "lint-imports", "tach": "tach", "ruff": "ruff"}
_NODE = {"dependency-cruiser": "depcruise", "madge": "madge"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that can be run: its name with its version, and how to run it in a tree.

    `forget` takes away what it keeps from run to run.
    """

    name: str
    argv: tuple[str, ...]
    fine: frozenset[int]
    forget: Callable[[Path], object] = lambda _: None


def python_peers(cache: Path) -> dict[str, Peer]:
    """import-linter, tach and ruff from PyPI. Raises HexciError when they cannot be had."""
    binaries = cache / "python-peers/bin"
    if not all((binaries / name).exists() for name in _PYTHON.values()):
        make = [sys.executable, "-m", "venv", str(binaries.parent)]
        do(make, cache)
        do([str(binaries / "python"), "-m", "pip", "install", "-q", *_PYTHON], cache)
    commands = {
        "import-linter": ("lint-imports",),
        "tach": ("tach", "check"),
        "ruff": ("ruff", "analyze", "graph", "--isolated", "--quiet"),  # it keeps nothing
    }
    return {
        name: Peer(
            f"{name} {_version([str(binaries / argv[0]), '--version'])}".strip(),
            (str(binaries / argv[0]), *argv[1:]),
            frozenset((0, 1)),
            lambda tree: remove(tree / _IMPORT_LINTER_CACHE),
        )
        for name, argv in commands.items()
    }


def node_peers(cache: Path) -> dict[str, Peer]:
    """dependency-cruiser and madge from npm. Raises HexciError when they cannot be had."""
    if shutil.which("npm") is None:
        raise HexciError("npm is not on PATH")
    folder = cache / "node-peers"
    binaries = folder / "node_modules/.bin"
    if not all((binaries / name).exists() for name in _NODE.values()):
        packages = ["dependency-cruiser@17", "madge@8", "typescript@5"]
        do(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages], folder)
    commands = {
        "dependency-cruiser": ("depcruise", "--no-cache", "-T", "err", "-c", "cruise.json", "."),
        "madge": ("madge", "--circular", "--extensions", "ts,tsx", "--no-spinner", "."),
    }
    return {
        name: Peer(
            f"{name} {_version([str(binaries / argv[0]), '--version'])}".strip(),
            (str(binaries / argv[0]), *argv[1:]),
            frozenset(range(126)) | frozenset(range(128, 256)),  # the number of violations
        )
        for name, argv in commands.items()
    }


def _version(argv: Sequence[str]) -> str:
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    words = (done.stdout or done.stderr).split()
    return next(
        (word.lstrip("v") for word in reversed(words) if word.lstrip("v")[:1].isdigit()), ""
    )


def do(argv: Sequence[str], folder: Path) -> None:
    """Runs a command in a folder. Raises HexciError with its last words when it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(argv, cwd=folder, capture_output=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HexciError(f"{' '.join(argv[:4])} … failed: {error}") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise HexciError(f"{' '.join(argv[:4])} … failed: {said}")


def remove(folder: Path) -> None:
    """Takes a folder away, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
