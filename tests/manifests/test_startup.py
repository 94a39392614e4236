"""A hook waits for `hexci validate`: what it does not need is not loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {"click", "rich", "email", "zipfile", "tree_sitter", "github", "git",
         "hexci.domain.config", "hexci.adapters.manifests.governance_parts"}  # fmt: skip


def said(*argv: str, more: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *more, "-m", "hexci", *argv], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_nothing_heavy_is_loaded_to_judge_a_pipeline() -> None:
    done = said("validate", "manifests/do.yaml", more=("-X", "importtime"))
    lines = done.stderr.splitlines()
    # what a development environment's .pth files load comes before
    start = next(n for n, line in enumerate(lines) if line.endswith(" hexci"))
    loaded = {line.rpartition("|")[2].strip() for line in lines[start:]}
    assert (done.returncode, "hexci.adapters.manifests.node_kinds" in loaded) == (0, True)
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("verb", ["validate", "lint"])
@pytest.mark.parametrize("file", ["manifests/do.yaml", "pyproject.toml", "nowhere.yaml"])
def test_the_short_way_says_what_the_long_one_says(verb: str, file: str) -> None:
    short, long = said(verb, file), said(verb, file, "--format", "text")
    assert (short.returncode, short.stdout, short.stderr) == (
        long.returncode, long.stdout, long.stderr,
    )  # fmt: skip
