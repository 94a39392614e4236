"""The searches that run inside a room, on seeded defects and on what is right."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hexci.adapters.fuzzing.kit import HypothesisKit
from hexci.adapters.reviewbench.seeded import seeded_projects

PROJECTS = {project.name: project for project in seeded_projects()}
CASES = {
    "torn": ("jobqueue/torn-tail", "jobqueue/compact-in-place"),
    # those that no schedule hides: one sleeps between check and use, one waits for itself
    "races": ("ttlcache/make-unlocked", "eventbus/calls-under-lock"),
    "leaks": ("settings/open-file",),
    "swallowed": ("settings/any-error", "eventbus/silent-errors"),
}


def searched(folder: Path, search: str, files: Mapping[str, str]) -> list[str]:
    """Names of what a search found, run by unittest in this Python."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    code = [name for name in files if not name.startswith("test_")]
    orders = {"paths": {name: [] for name in code}, "search": search, "seed": 0, "seconds": 60,
              "out": "found.json"}  # fmt: skip
    for name, content in HypothesisKit().files("test_search.py", orders).items():  # type: ignore[arg-type]
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content or b"")
    subprocess.run(
        [sys.executable, "-m", "unittest", "-q", "test_search"],
        cwd=folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    told = json.loads((folder / "found.json").read_text())
    assert (told["problem"], told["left"]) == ("", 0)
    return [found["name"] for found in told["found"]]


@pytest.mark.slow
@pytest.mark.parametrize("search", CASES)
def test_a_search_finds_the_defect_and_leaves_the_clean_twin_alone(
    search: str, tmp_path: Path
) -> None:
    for case in CASES[search]:
        project, _, name = case.partition("/")
        bug = next(bug for bug in PROJECTS[project].bugs if bug.name == name)
        assert searched(tmp_path / name, search, bug.files), case
        if not (tmp_path / project).exists() and project != "jobqueue":
            assert searched(tmp_path / project, search, PROJECTS[project].files) == [], project


DESCRIBED = '''\
def load(path: str) -> dict:
    """The values of a file; an empty default where it cannot be read."""
    try:
        return {"text": open(path).read()}
    except Exception:
        return {}


def first(path: str) -> str:
    try:
        with open(path) as file:
            return file.readline()
    except Exception:  # whatever it is, the caller asks again later
        return ""
'''


def test_a_handler_that_is_explained_is_meant(tmp_path: Path) -> None:
    assert searched(tmp_path / "a", "swallowed", {"described.py": DESCRIBED}) == []


def test_only_the_function_that_leaks_is_named(tmp_path: Path) -> None:
    assert searched(tmp_path / "a", "leaks", {"described.py": DESCRIBED}) == ["load"]
