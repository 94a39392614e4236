"""Makes `.venv` with hexci in it on a machine that has only python3 and git.

    python3 bootstrap.py [--tests] [--venv FOLDER]

Never touches the system's Python (PEP 668). Where Debian left `ensurepip` out of python3, pip
comes from the system's own pip or wheel, or from the package index that pip is set up to use.
"""

import argparse
import importlib.util
import os
import re
import shutil
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
    parser.add_argument("--venv", type=Path, help="make it there, for one job of CI")
    asked = parser.parse_args()
    if sys.version_info < OLDEST:
        sys.exit(f"hexci needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if asked.venv:
        for_one_job(asked.venv)
        return
    python = VENV / "bin" / "python"
    if not has_working_pip(python):
        make_venv(VENV)
    pip(python, "install", "--quiet", "--upgrade", "pip>=25.1")
    groups = ["--group", "tests"] if asked.tests else []
    pip(python, "install", "--quiet", "--editable", ".", *groups)
    if asked.tests:
        pip(python, "install", "--quiet", "--no-deps", "--group", "weights")
    print(f"ready: {VENV / 'bin' / 'hexci'}")


def for_one_job(venv: Path) -> None:
    """What a CI job needs, soon: the dependencies and a copy of hexci; nothing is built.

    A pip that is there already installs from outside, which spares making one, and only what is
    imported gets compiled. Run it with `python -I -m hexci`.
    """
    import tomllib  # noqa: PLC0415 - an older Python is told so first

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = ["--quiet", "--no-compile", *project["dependencies"]]
    python = venv / "bin" / "python"
    if has_pip_for_others():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", venv], check=True)
        pip(Path(sys.executable), "--python", str(python), "install", *wanted)
    else:
        make_venv(venv)
        pip(python, "install", *wanted)
    place = Path(said_by(python, "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    shutil.copytree(
        ROOT / "hexci", place / "hexci", ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    print(f"ready: {python} -I -m hexci")


def has_pip_for_others() -> bool:
    """Whether this Python's pip can install into another environment (22.3 and newer)."""
    version = said_by(Path(sys.executable), "import pip; print(pip.__version__)")
    found = re.match(r"(\d+)\.(\d+)", version)
    return found is not None and (int(found[1]), int(found[2])) >= (22, 3)


def said_by(python: Path, code: str) -> str:
    """What a line of Python prints there; empty when it fails."""
    command = [str(python), "-I", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


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
