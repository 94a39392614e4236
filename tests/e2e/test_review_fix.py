"""`hexci review --fix`: what is proven is fixed behind the gate, or nothing is left."""

import json
from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.repositories import fingerprint, git, repo_with

FILES = {
    "stats.py": (
        '"""Figures."""\n\n\n'
        "def pieces(items: list[int], size: int) -> list[list[int]]:\n"
        '    """Pieces.\n\n    >>> pieces([1, 2, 3], 2)\n    [[1, 2], [3]]\n    """\n'
        "    return [items[i : i + size] for i in range(0, len(items) - 1, size)]\n\n\n"
        "def opened(path: str) -> str:\n"
        "    return open(path, encoding='utf-8').read()\n"
    ),
    "test_stats.py": (
        "from stats import pieces\n\n\n"
        "def test_pieces():\n    assert pieces([1, 2, 3, 4], 2) == [[1, 2], [3, 4]]\n\n\n"
        "def test_no_pieces():\n    assert pieces([], 2) == []\n"
    ),
}


@pytest.mark.slow
def test_a_proven_defect_is_fixed_on_a_branch_and_what_cannot_be_fixed_leaves_nothing(
    tmp_path: Path,
) -> None:
    folder = repo_with(tmp_path / "repo", FILES)
    before = fingerprint(folder)
    said = hexci(
        folder, "review", "--gate", "python -m pytest -q", "--lens", "examples",
        "--lens", "leaks", "--fix", "--json",
    )  # fmt: skip
    told = json.loads(said.out)
    ends = {fix["title"].partition(" ")[0]: fix for fix in told["fixes"]}
    assert (said.exit_code, told["outcome"]) == (1, "findings")
    assert {name: fix["outcome"] == "committed" for name, fix in ends.items()} == {
        "pieces": True, "opened": False,
    }  # fmt: skip
    fixed = ends["pieces"]
    after = fingerprint(folder)
    refs = after.pop("git:refs")
    assert {**before, "git:refs": ""} == {**after, "git:refs": ""}
    assert refs.splitlines() == [
        f"refs/heads/{fixed['branch']} {fixed['commit']}", before["git:refs"]
    ]  # fmt: skip
    # the red test first, then what turns it green; all of it is there
    log = git(folder, "log", "--format=", "--name-only", f"main..{fixed['branch']}")
    assert log.split() == ["stats.py", fixed["test"]]
    git(folder, "rev-list", "--objects", "--quiet", fixed["branch"])
