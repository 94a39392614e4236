"""`hexci doctor` as its user meets it."""

import json
from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.repositories import repo_with
from workflows.reading import in_job

BAD = in_job("      - run: echo ${{ github.head_ref }}\n", on="pull_request:")
ODD = in_job("      - run: pytest || true\n")
PLACE = ".github/workflows/w.yml"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    action = "runs: {using: composite, steps: [{uses: octo/b@v1}]}\n"
    return repo_with(
        tmp_path / "r",
        {PLACE: BAD, ".github/workflows/odd.yaml": ODD, ".github/actions/a/action.yml": action},
    )


def test_workflows_and_own_actions_are_judged_beside_the_machine(repo: Path) -> None:
    said = hexci(repo, "doctor")
    assert said.exit_code == 1
    shown = [line for line in said.out.splitlines() if line.startswith(".github")]
    assert shown == [
        ".github/actions/a/action.yml:1:41: WF161 (warning) unpinned-action",
        ".github/workflows/odd.yaml:12:14: WF101 (warning) swallowed-failure",
        ".github/workflows/w.yml:12:19: WF021 template-injection",
    ]
    assert "fine    git" in said.out
    assert "doctor: 1 error, 2 warnings" in said.out


def test_warnings_alone_do_not_fail(repo: Path) -> None:
    (repo / PLACE).unlink()
    assert hexci(repo, "doctor").exit_code == 0


def test_named_files_only_are_judged_from_anywhere_in_the_repository(repo: Path) -> None:
    said = hexci(repo / ".github", "doctor", "workflows/w.yml")
    assert (said.exit_code, said.out.splitlines()[0]) == (
        1,
        ".github/workflows/w.yml:12:19: WF021 template-injection",
    )
    assert "odd.yaml" not in said.out
    assert hexci(repo, "doctor", "nowhere.yml").exit_code == 2


def test_all_formats_tell_the_same_findings(repo: Path) -> None:
    document = hexci(repo, "doctor", "--json").document
    assert [f["rule"] for f in document["findings"]] == ["WF161", "WF101", "WF021"]
    assert {"git", "config"} <= {s["what"] for s in document["symptoms"]}
    sarif = json.loads(hexci(repo, "doctor", "--format", "sarif").out)
    assert [r["ruleId"] for r in sarif["runs"][0]["results"]] == ["WF161", "WF101", "WF021"]
    commands = hexci(repo, "doctor", "--format", "github").out.splitlines()
    assert [line.partition(" ")[0] for line in commands] == ["::error", "::warning", "::warning"]


def test_a_config_whose_evidence_cannot_fail_is_broken(tmp_path: Path) -> None:
    text = "kind: Config\nspec: {evidence: {default: {command: 'pytest || true'}}}\n"
    repo = repo_with(tmp_path / "r", {".hexci/config.yaml": text})
    said = hexci(repo, "doctor")
    assert (said.exit_code, "hides a failure" in said.out) == (1, True)


def test_every_rule_of_doctor_and_of_review_has_a_page(tmp_path: Path) -> None:
    listed = hexci(tmp_path, "explain").out
    assert {"WF011", "WF242", "REV001", "REV010"} <= set(listed.split())
    assert "pull_request_target" in hexci(tmp_path, "explain", "untrusted-checkout").out


def test_named_files_are_judged_without_what_a_hook_need_not_load(repo: Path) -> None:
    said = hexci(repo, "doctor", PLACE, PYTHONVERBOSE="", PYTHONPROFILEIMPORTTIME="1")
    heavy = {"pydantic", "rich", "tree_sitter", "urllib.request", "http.client"}
    loaded = {line.rpartition("|")[2].strip() for line in said.err.splitlines() if "|" in line}
    assert "yaml" in loaded
    assert loaded & heavy == set()


def test_a_link_among_the_workflows_is_told_and_not_followed(repo: Path) -> None:
    (repo / ".github/workflows/link.yml").symlink_to(repo / PLACE)
    assert "link.yml:1:1: WF001" in hexci(repo, "doctor").out
