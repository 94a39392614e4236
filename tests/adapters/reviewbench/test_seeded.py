"""The seeded defects are real: each program that shows one fails on it, and on it alone."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hexci.adapters.reviewbench.seeded import Bug, parse_project, seeded_projects
from hexci.errors import BadInputError

PROJECTS = seeded_projects()
BUGS = [bug for project in PROJECTS for bug in project.bugs]


def ends_well(folder: Path, files: Mapping[str, str], program: str) -> bool:
    folder.mkdir()
    for path, text in files.items():
        (folder / path).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=folder, check=False, capture_output=True, timeout=30,
    )  # fmt: skip
    return done.returncode == 0


def test_there_are_nine_projects_with_thirty_defects() -> None:
    assert (len(PROJECTS), len(BUGS)) == (9, 30)
    assert len({bug.id for bug in BUGS}) == len(BUGS)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.id)
def test_a_defect_shows_and_its_clean_twin_does_not(bug: Bug, tmp_path: Path) -> None:
    clean = next(project.files for project in PROJECTS if project.name == bug.project)
    sides = {"bug": bug.files, "clean": clean, "before": bug.before or clean}
    ends = {name: ends_well(tmp_path / name, files, bug.shows) for name, files in sides.items()}
    assert ends == {"bug": False, "clean": True, "before": True}


def test_a_defect_that_fits_nowhere_is_an_error() -> None:
    text = (
        "=== file a.py\nx = 1\n=== bug b\nabout: it\nclass: edges\nin: a.py\n"
        "--- old\ny = 1\n--- new\ny = 2\n--- shows\nassert False\n"
    )
    with pytest.raises(BadInputError, match="occurs 0 times"):
        parse_project("p", text)
