"""Timing the whole gate beside its evidence run bare, on suites made for it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hexci.domain.gate_cost import GateCost, StepWorth, Worth
from hexci.domain.measurement import Paired
from hexci.errors import HexciError

EVIDENCE = "python3 -m unittest -q"
# Seconds that each test of a suite waits: what real tests do, without their CPU.
_EACH = 0.005
_A_FILE = 50
_RIGHT = "def add(a, b):\n    return a + b\n"
_BUGGY = "def add(a, b):\n    if a == 3:\n        return a - b\n    return a + b\n"
_HEAD = (
    "import time\nimport unittest\n\nfrom calc import add\n\n\nclass AddTest(unittest.TestCase):\n"
)
_TEST = (
    "    def test_{n}(self):\n        time.sleep({seconds})\n"
    "        self.assertEqual(add({n}, 1), {n} + 1)\n\n"
)
_CATALOGUE = Path("tests/gate/worth.py")
_TIMEOUT, _LONG = 600.0, 7200.0
_WHO = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")


def measure(runs: int, sizes: Sequence[int]) -> list[GateCost]:
    """`runs` counted pairs for each suite size; one more pair warms the machine up.

    One test of each suite is red without the change.
    """
    costs = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="hexci-bench-") as folder:
            repo = _repository(Path(folder) / "repo", size)
            costs.append(_cost(size, [_pair(repo) for _ in range(runs + 1)][1:]))
    return costs


def worth_of_steps(folder: Path) -> Worth | None:
    """What each step is worth on the catalogue of attacks; None where `folder` has none."""
    script = folder / _CATALOGUE
    if not script.is_file():
        return None
    done = subprocess.run(
        [sys.executable, str(script)], cwd=folder, stdout=subprocess.PIPE, text=True,
        timeout=_LONG, check=False, env={**os.environ, "PYTHONPATH": str(folder / "tests")},
    )  # fmt: skip
    if done.returncode != 0:
        raise HexciError(f"{_CATALOGUE} ended with {done.returncode}")
    told = json.loads(done.stdout)
    steps = tuple(StepWorth(s["step"], s["caught"], s["lost"]) for s in told["steps"])
    return Worth(told["attacks"], told["accepted"], steps)


def _pair(repo: Path) -> tuple[float, float, dict[str, float]]:
    """Seconds of the gate, of its evidence alone, and of each step."""
    gate = [sys.executable, "-m", "hexci", "gate", "--base", "HEAD~1", "--evidence", EVIDENCE]
    bare, _ = _timed(["bash", "-c", EVIDENCE], repo)
    ours, said = _timed([*gate, "--json"], repo)
    steps = {step["step"]: step["seconds"] for step in json.loads(said)["steps"]}
    return ours, bare, steps


def _timed(argv: list[str], repo: Path) -> tuple[float, str]:
    begun = time.monotonic()
    done = subprocess.run(
        argv, cwd=repo, capture_output=True, text=True, timeout=_TIMEOUT, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    seconds = time.monotonic() - begun
    if done.returncode != 0:
        raise HexciError(f"the benchmark's run failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds, done.stdout


def _cost(size: int, pairs: list[tuple[float, float, dict[str, float]]]) -> GateCost:
    ours, bare, _ = zip(*pairs, strict=True)
    steps = {name: tuple(found[name] for _, _, found in pairs) for name in pairs[0][2]}
    return GateCost(size, Paired(f"hexci gate, {size} tests", EVIDENCE, ours, bare), steps)


def _repository(repo: Path, size: int) -> Path:
    (repo / "tests").mkdir(parents=True)
    (repo / "tests" / "__init__.py").write_text("")
    for start in range(0, size, _A_FILE):
        tests = [_TEST.format(n=n, seconds=_EACH) for n in range(start, min(size, start + _A_FILE))]
        (repo / "tests" / f"test_{start}.py").write_text(_HEAD + "\n".join(tests))
    _git(repo, "init", "-q")
    for content in (_BUGGY, _RIGHT):
        (repo / "calc.py").write_text(content)
        _git(repo, "add", "-A")
        _git(repo, *_WHO, "commit", "-q", "-m", "Go on")
    return repo


def _git(repo: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=repo, check=True, capture_output=True, timeout=60)
