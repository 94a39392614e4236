"""Timing `hexci do` beside mini-swe-agent: the same task, ten calls, the same scripted endpoint.

mini-swe-agent ends when the model says so; hexci's time has its whole gate in it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexci.adapters.measure.scripted_endpoint import Call, scripted_endpoint
from hexci.domain.canonical import Json
from hexci.domain.measurement import Paired, Steps
from hexci.errors import HexciError

_PEER = "mini-swe-agent==2.4.6"
# newer releases import a package that they do not ask for
_PEER_NEEDS = "litellm<1.82"
_TIMEOUT = 600.0
_EVIDENCE = "python3 -m unittest -q"
_FILES = {
    "calc.py": "def add(a, b):\n    return a - b\n",
    "shop.py": "from calc import add\n\n\ndef total(prices):\n    result = 0\n"
    "    for price in prices:\n        result = add(result, price)\n    return result\n",
    "test_shop.py": "import unittest\n\nfrom shop import total\n\n\n"
    "class ShopTest(unittest.TestCase):\n"
    "    def test_total(self):\n        self.assertEqual(total([2, 3]), 5)\n",
}
_LOOKS: tuple[tuple[str, str, Mapping[str, Json]], ...] = (
    ("cat shop.py", "read_file", {"path": "shop.py"}),
    ("cat calc.py", "read_file", {"path": "calc.py"}),
    ("cat test_shop.py", "read_file", {"path": "test_shop.py"}),
    ("git ls-files '*.py'", "list_files", {"glob": "*.py"}),
    ("grep -rn total --include=*.py .", "search", {"pattern": "total"}),
    ("grep -rn add --include=*.py .", "search", {"pattern": "add"}),
    ("grep -rn 'def add' --include=*.py .", "context", {"target": "add"}),
    ("sed -n 1,2p shop.py", "read_file", {"path": "shop.py", "start": 1, "end": 2}),
)
_OURS: tuple[Call, ...] = (
    *((name, given) for _, name, given in _LOOKS),
    ("run_evidence", {}),
    ("propose_edit", {"edits": [{"path": "calc.py", "old": "a - b", "new": "a + b"}]}),
)
_THEIRS: tuple[Call, ...] = (
    *(("bash", {"command": command}) for command, _, _ in _LOOKS),
    ("bash", {"command": f"sed -i s/-/+/ calc.py && {_EVIDENCE}"}),
    ("bash", {"command": "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"}),
)


@dataclass(frozen=True, slots=True)
class _Used:
    seconds: float
    cpu: float
    megabytes: float
    gaps: tuple[float, ...]


def measure_agents(cache: Path, runs: int) -> tuple[list[Paired], list[Steps]]:
    """Whole processes in pairs (time, CPU time, peak memory), and the agents' time a step."""
    peer = _peer(cache)
    pairs = [(_hexci(), _mini(peer, cache)) for _ in range(runs + 1)][1:]
    figures: tuple[tuple[str, str, Callable[[_Used], float]], ...] = (
        ("ten steps: time", "s", lambda used: used.seconds),
        ("ten steps: CPU time", "s", lambda used: used.cpu),
        ("ten steps: peak memory", "MB", lambda used: used.megabytes),
    )
    found = [
        Paired(
            name, _PEER, tuple(get(o) for o, _ in pairs), tuple(get(t) for _, t in pairs), unit=unit
        )
        for name, unit, get in figures
    ]
    ours = Steps("hexci do", tuple(gap for o, _ in pairs for gap in o.gaps))
    theirs = Steps(_PEER, tuple(gap for _, t in pairs for gap in t.gaps))
    return found, [ours, theirs]


def _hexci() -> _Used:
    argv = [sys.executable, "-m", "hexci", "do", "total adds up", "--evidence", _EVIDENCE,
            "--candidate", "openai/scripted"]  # fmt: skip
    return _one(argv, _OURS, {}, _is_committed)


def _mini(peer: Path, cache: Path) -> _Used:
    argv = [str(peer), "-y", "--exit-immediately", "-m", "openai/scripted", "-t", "total adds up",
            "-o", str(cache / "trajectory.json")]  # fmt: skip
    quiet = {
        "MSWEA_CONFIGURED": "true",
        "MSWEA_GLOBAL_CONFIG_DIR": str(cache / "mini-config"),
        "MSWEA_COST_TRACKING": "ignore_errors",
        "MSWEA_SILENT_STARTUP": "1",
        "MSWEA_MODEL_RETRY_STOP_AFTER_ATTEMPT": "1",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    return _one(argv, _THEIRS, quiet, _is_mended)


def _one(
    argv: Sequence[str],
    calls: Sequence[Call],
    more: Mapping[str, str],
    is_done: Callable[[Path], bool],
) -> _Used:
    with (
        tempfile.TemporaryDirectory(prefix="hexci-bench-") as name,
        scripted_endpoint(calls) as endpoint,
    ):
        repo = _repository(Path(name).resolve() / "repo")
        environment = {**os.environ, **more, "OPENAI_API_KEY": "none",
                       "OPENAI_BASE_URL": endpoint.url, "OPENAI_API_BASE": endpoint.url,
                       "PYTHONDONTWRITEBYTECODE": ""}  # fmt: skip
        begun = time.monotonic()
        process = subprocess.Popen(
            argv, cwd=repo, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if endpoint.asked != len(calls) or not is_done(repo):
            raise HexciError(f"{argv[0]} ended with {process.returncode}, {endpoint.asked} calls")
    per_mb = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024
    return _Used(
        seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / per_mb, tuple(endpoint.gaps)
    )


def _is_committed(repo: Path) -> bool:
    return bool(_git(repo, "branch", "--list", "hex/auto/*").strip())


def _is_mended(repo: Path) -> bool:
    return "a + b" in (repo / "calc.py").read_text()


def _repository(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for path, text in _FILES.items():
        (folder / path).write_text(text)
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "-c", "user.name=bench", "-c", "user.email=b@example.org", "commit", "-qm", "One")
    return folder


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def _peer(cache: Path) -> Path:
    """The `mini` of an environment of its own."""
    folder = cache / "agent-peers"
    found = folder / "bin" / "mini"
    if not found.exists():
        shutil.rmtree(folder, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        python = str(folder / "bin" / "python")
        # the pip that runs us installs: some systems' venv comes without one
        for argv in (
            [sys.executable, "-m", "venv", "--without-pip", str(folder)],
            [sys.executable, "-m", "pip", "--python", python, "install", "-q", _PEER, _PEER_NEEDS],
        ):
            done = subprocess.run(argv, capture_output=True, timeout=_TIMEOUT, check=False)
            if done.returncode != 0:
                said = done.stderr.decode("utf-8", "replace").strip()[-500:]
                raise HexciError(f"{_PEER} could not be installed: {said}")
    return found
