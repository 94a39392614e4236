"""Timing the Action: from the start of its first step to the first line that tells of the event."""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from hexci.errors import BadInputError, HexciError

_TIMEOUT = 600.0
_MARKS = ("::stop-commands::", "ready: ")


@dataclass(frozen=True, slots=True)
class Start:
    """One start: wall seconds until hexci was installed and until the line, and CPU seconds.

    `route` is `uv` or `pip`, `cache` whether its packages were downloaded before.
    """

    route: str
    cache: str
    installed: float
    told: float
    cpu: float
    line: str


def time_starts(checkout: Path, runs: int) -> tuple[Start, ...]:
    """Each route with an empty cache, then `runs` times with a kept one.

    Raises BadInputError when `checkout` has no action.yml, HexciError when a step fails.
    """
    file = checkout / "action.yml"
    if not file.is_file():
        raise BadInputError(f"there is no {file}", "Run it in a checkout of hexci.")
    steps = yaml.safe_load(file.read_text("utf-8"))["runs"]["steps"]
    scripts = [step["run"] for step in steps]
    found = []
    for route in [*(["uv"] if shutil.which("uv") else []), "pip"]:
        with tempfile.TemporaryDirectory(prefix="hexci-bench-") as folder:
            for number in range(runs + 1):
                cache = "kept" if number else "empty"
                found.append(_one(checkout, scripts, Path(folder), route, cache))
    return tuple(found)


def _one(checkout: Path, scripts: list[str], folder: Path, route: str, cache: str) -> Start:
    scratch = folder / "temp"
    shutil.rmtree(scratch, ignore_errors=True)
    work = scratch / "work"
    work.mkdir(parents=True)
    (scratch / "event.json").write_text("{}")
    environment = _environment(checkout, folder, route)
    subprocess.run(["git", "init", "-q"], cwd=work, env=environment, check=True, timeout=60)
    used, begun = _cpu(), time.monotonic()
    done = subprocess.run(
        ["bash", "-c", scripts[0]], cwd=work, env=environment,
        capture_output=True, text=True, timeout=_TIMEOUT, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise HexciError(f"the Action could not install itself: {done.stdout}{done.stderr}")
    installed = time.monotonic() - begun
    line, told = "", 0.0
    with subprocess.Popen(
        ["bash", "-c", scripts[1]], cwd=work, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        for said in process.stdout or ():
            if said.strip() and not said.startswith(_MARKS) and not line:
                line, told = said.strip(), time.monotonic() - begun
    if process.returncode != 0:
        raise HexciError(f"the Action failed: {line}")
    return Start(route, cache, installed, told, _cpu() - used, line)


def _environment(checkout: Path, folder: Path, route: str) -> dict[str, str]:
    """A job of an event that asks for nothing; `uv` is on PATH only for its own route."""
    places = os.environ["PATH"].split(os.pathsep)
    if route == "pip":
        places = [place for place in places if not (Path(place) / "uv").exists()]
    kept = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "SSL_"))}
    temp = folder / "temp"
    return {
        **kept, "PATH": os.pathsep.join(places), "HOME": str(folder), "LANG": "C.UTF-8",
        "PIP_CACHE_DIR": str(folder / "pip"), "UV_CACHE_DIR": str(folder / "uv"),
        "RUNNER_TEMP": str(temp), "RUNNER_OS": "Linux", "GITHUB_ACTION_PATH": str(checkout),
        "GITHUB_EVENT_NAME": "watch", "GITHUB_EVENT_PATH": str(temp / "event.json"),
        "GITHUB_REPOSITORY": "octo/app", "GITHUB_RUN_ID": "1", "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_OUTPUT": str(temp / "output"), "HEXCI_INPUT_TOKEN": "none",
    }  # fmt: skip


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
