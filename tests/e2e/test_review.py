"""`hexci review` as a person calls it: what searches find, and what they leave alone."""

import json
from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.repositories import commit, fingerprint, repo_with

BUGGY = {
    "stats.py": (
        '"""Figures."""\n\n\n'
        "def mean(values: list[float]) -> float:\n    return sum(values) / len(values)\n\n\n"
        "def pieces(items: list[int], size: int) -> list[list[int]]:\n"
        '    """Pieces.\n\n    >>> pieces([1, 2, 3], 2)\n    [[1, 2], [3]]\n    """\n'
        "    return [items[i : i + size] for i in range(0, len(items) - 1, size)]\n\n\n"
        "def encode(words: list[str]) -> str:\n    return ','.join(words)\n\n\n"
        "def decode(line: str) -> list[str]:\n    return line.split(',')\n"
    ),
    "test_stats.py": (
        "from stats import mean\n\n\ndef test_mean():\n    assert mean([1, 3]) == 2\n"
    ),
}
CLEAN = {
    "stats.py": (
        '"""Figures."""\n\nimport json\n\n\n'
        "def mean(values: list[float]) -> float:\n"
        "    return sum(values) / len(values) if values else 0.0\n\n\n"
        "def pieces(items: list[int], size: int) -> list[list[int]]:\n"
        '    """Pieces.\n\n    >>> pieces([1, 2, 3], 2)\n    [[1, 2], [3]]\n    """\n'
        "    if size < 1:\n        raise ValueError(size)\n"
        "    return [items[i : i + size] for i in range(0, len(items), size)]\n\n\n"
        "def encode(words: list[str]) -> str:\n    return json.dumps(words)\n\n\n"
        "def decode(line: str) -> list[str]:\n    return json.loads(line)\n"
    )
}
GATE = ("--gate", "python -m pytest -q", "--json")


@pytest.mark.slow
def test_defects_are_found_with_tests_that_show_them_and_the_clean_twin_is_clean(
    tmp_path: Path,
) -> None:
    folder = repo_with(tmp_path / "repo", BUGGY)
    before = fingerprint(folder)
    said = hexci(folder, "review", *GATE)
    found = json.loads(said.out)
    assert (said.exit_code, found["outcome"]) == (1, "findings")
    assert {(f["rule"], f["line"]) for f in found["findings"]} == {
        ("REV007", 5),
        ("REV009", 21),
        ("REV010", 8),
    }
    assert before == fingerprint(folder)
    base = commit(folder, CLEAN)
    said = hexci(folder, "review", *GATE)
    assert (said.exit_code, json.loads(said.out)["outcome"]) == (0, "reviewed_clean")
    # only what changed is looked at
    commit(
        folder,
        {"stats.py": CLEAN["stats.py"] + "\n\ndef half(a: int) -> float:\n    return 1 / a\n"},
    )
    said = hexci(folder, "review", f"{base}..HEAD", "--lens", "crashes", *GATE)
    assert [f["message"][:4] for f in json.loads(said.out)["findings"]] == ["half"]


def test_a_review_needs_a_green_start_and_something_to_look_at(tmp_path: Path) -> None:
    folder = repo_with(tmp_path / "repo", {"README": "no code"})
    assert hexci(folder, "review", "--gate", "true", "--lens", "x").exit_code == 2
    assert hexci(folder, "review", "--gate", "false").exit_code == 1
