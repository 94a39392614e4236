"""A small project with a case's bug and its tests, and the judgement on a repair of it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

from hexci.adapters.repairbench.casefile import Case

_SCRIPT = Path(__file__).with_name("oracle_script.py")
_TEST = """\
from math import inf, nan  # as expected answers are written

import pytest

from program import {call}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
{rows}
    ],
)
def test_{call}(arguments, expected):
    result = {call}(*arguments)
    assert (list(result) if hasattr(result, "__next__") else result) == expected
"""


def project_of(case: Case, share: float, seed: int) -> Mapping[str, str]:
    """`program.py` with the slip, and tests: a seeded `share` of the case's, one failing at least.

    Empty when none of the tests shows the slip.
    """
    right = _asked(case, case.program)
    broken = _asked(case, case.buggy)
    if right is None:
        return {}
    expected = right["expected"]
    wrong = broken["expected"] if broken else [""] * len(expected)
    pairs = list(zip(case.inputs, expected, strict=True))
    shows = [i for i, answer in enumerate(expected) if answer != wrong[i]]
    if not shows:
        return {}
    chosen = list(range(len(pairs)))
    Random(f"{case.name}{seed}").shuffle(chosen)  # noqa: S311 - the same tests every time
    chosen = chosen[: max(2, round(len(chosen) * share))]
    if not set(chosen) & set(shows):
        chosen[0] = shows[seed % len(shows)]
    rows = "\n".join(
        f"        (({pairs[i][0].rstrip(',')},), {pairs[i][1]})," for i in sorted(chosen)
    )
    return {"program.py": case.buggy, "test_program.py": _TEST.format(call=case.call, rows=rows)}


def repaired(folder: Path, patch: bytes) -> str | None:
    """`program.py` of a project with `patch` applied; None when there is no patch."""
    if not patch:
        return None
    return patched_files(folder, patch)["program.py"].decode("utf-8")


def patched_files(folder: Path, patch: bytes) -> Mapping[str, bytes]:
    """The files that `patch` changes in a repository, as they are with it; applies it there."""
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=folder, input=patch, check=True, capture_output=True, timeout=60)
    listing = ["git", "diff", "--name-only", "-z", "--no-ext-diff"]
    done = subprocess.run(listing, cwd=folder, check=True, capture_output=True, timeout=60)
    paths = [part.decode() for part in done.stdout.split(b"\0") if part]
    return {path: (folder / path).read_bytes() for path in paths}


def is_right(case: Case, repaired: str, seed: int) -> bool:
    """Whether a repaired program answers like the right one on all inputs and 200 more."""
    told = _asked(case, case.program, repaired, seed)
    return told is not None and told.get("wrong") == []


def _asked(
    case: Case, program: str, other: str | None = None, seed: int = 0
) -> dict[str, list[str]] | None:
    question = {
        "right": program, "other": other, "call": case.call, "inputs": case.inputs,
        "random": case.random, "count": 200, "seed": seed,
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_SCRIPT)],
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=15,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    answer: dict[str, list[str]] = json.loads(done.stdout)
    return answer
