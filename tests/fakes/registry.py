"""Data of others, fetched from the npm registry when a test needs it; never committed."""

import fcntl
import json
import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_CACHE = Path.home() / ".cache/hexci/tests"
EXAMPLES = ("@octokit/webhooks-examples", "7.6.1")
RUNNERS = {"jest": "30.5.2", "mocha": "11.7.5", "vitest": "3.2.7"}
DESCRIPTION = ("@octokit/openapi", "23.0.2")


def npm_package(name: str, version: str) -> Path:
    """The unpacked package, fetched once for all tests; skips the test where there is no npm."""
    folder = _CACHE / f"{name.strip('@').replace('/', '-')}-{version}"
    if (folder / "package.json").exists():
        return folder
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers want it at once
        if not (folder / "package.json").exists():
            _fetch(f"{name}@{version}", folder)
    return folder


def lay_installed(name: str, folder: Path) -> None:
    """`package.json` and `node_modules` of an installed test runner, into `folder`.

    Installed once for all tests; skips the test where there is no npm or no registry.
    """
    spec = f"{name}@{RUNNERS[name]}"
    installed = _CACHE / f"installed-{spec}"
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers want it at once
        if not installed.exists():
            _install(spec, installed)
    shutil.copytree(installed, folder, symlinks=True, dirs_exist_ok=True)


def _install(spec: str, folder: Path) -> None:
    scratch = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    (scratch / "package.json").write_text('{"name": "wares", "version": "1.0.0"}')
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", spec],
        cwd=scratch, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"{spec} cannot be had from the registry: {done.stderr[-200:]}")
    (scratch / "package-lock.json").unlink()
    scratch.rename(folder)


def _fetch(spec: str, folder: Path) -> None:
    scratch = folder.with_suffix(".part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    done = subprocess.run(
        ["npm", "pack", "--silent", spec],
        cwd=scratch, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.skip(f"{spec} cannot be had from the registry: {done.stderr[-200:]}")
    with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
        # Python 3.11.4 and newer; before, what a registry hands out is believed
        archive.extraction_filter = getattr(tarfile, "data_filter", None) or (
            lambda member, _: member
        )
        archive.extractall(scratch)
    shutil.rmtree(folder, ignore_errors=True)
    (scratch / "package").rename(folder)
    shutil.rmtree(scratch)


@cache
def webhook_examples() -> dict[str, list[dict[str, Any]]]:
    """GitHub's own example payloads by event name."""
    index = npm_package(*EXAMPLES) / "api.github.com/index.json"
    return {entry["name"]: entry["examples"] for entry in json.loads(index.read_text())}
