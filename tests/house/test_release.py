"""What a release is made with: the changelog's fragments, the tag that follows the newest."""

import subprocess
import sys
from pathlib import Path

import pytest
from fakes.repositories import commit, git, repo_with

CI = Path(__file__).parents[2] / ".ci"
HEAD = "# Changelog\n\nFragments are in `changelog.d/`.\n"
FIRST, SECOND = "changelog.d/one.added.md", "changelog.d/two.fixed.md"


def changelog(repo: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    place = repo / ".ci/changelog.py"
    place.parent.mkdir(exist_ok=True)
    place.write_text((CI / "changelog.py").read_text())
    argv = [sys.executable, str(place), *arguments]
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)


def test_fragments_become_a_section_on_top_and_its_notes(tmp_path: Path) -> None:
    files = {"CHANGELOG.md": HEAD, FIRST: "A new\nthing.\n", SECOND: "A bug.\n"}
    repo = repo_with(tmp_path / "r", files)
    assert "fragments are not in CHANGELOG.md" in changelog(repo, "notes", "1.0.0").stderr
    assert changelog(repo, "assemble", "1.0.0", "2027-01-31").returncode == 0
    assert list((repo / "changelog.d").iterdir()) == []
    assert (repo / "CHANGELOG.md").read_text() == (
        f"{HEAD}\n## 1.0.0 (2027-01-31)\n\n### Added\n\n- A new thing.\n\n### Fixed\n\n- A bug.\n"
    )
    (repo / FIRST).write_text("More.\n")
    changelog(repo, "assemble", "1.1.0", "2027-02-01")
    assert changelog(repo, "notes", "1.1.0").stdout == "### Added\n\n- More.\n"
    assert changelog(repo, "notes", "1.0.0").stdout.endswith("### Fixed\n\n- A bug.\n")
    assert changelog(repo, "notes", "2.0.0").returncode == 1


def test_a_fragment_of_no_known_kind_stops_the_release(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"CHANGELOG.md": HEAD, "changelog.d/x.md": "What?\n"})
    assert "x.md" in changelog(repo, "assemble", "1.0.0", "2027-01-31").stderr


@pytest.mark.parametrize(
    ("tag", "expected"), [("v1.10.0", "v1.10.0"), ("v1.9.1", "v1.2.0"), ("v2.0.0", "v1.2.0")]
)
def test_the_floating_tag_follows_the_newest_of_its_major_only(
    tmp_path: Path, tag: str, expected: str
) -> None:
    repo = repo_with(tmp_path / "r", {"a": "1"})
    git(repo, "tag", "v1.2.0")
    git(repo, "tag", "v1")
    for number, name in enumerate(("v1.9.1", "v2.0.0", "v1.10.0")):
        commit(repo, {"a": str(number + 2)})
        git(repo, "tag", name)
    git(tmp_path, "clone", "-q", "--bare", str(repo), str(tmp_path / "remote"))
    subprocess.run(
        ["bash", str(CI / "float-tag"), tag, str(tmp_path / "remote")],
        cwd=repo, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert git(tmp_path / "remote", "rev-parse", "v1") == git(repo, "rev-parse", expected)
    if tag == "v2.0.0":
        assert git(tmp_path / "remote", "rev-parse", "v2") == git(repo, "rev-parse", "v2.0.0")
