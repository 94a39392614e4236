"""What a check prints, as the programs that read it demand it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fakes.ledgers import path_of, record
from fakes.registry import npm_package
from fakes.repositories import commit, repo_with

from hexci.compose import ledger_judging

OLD, NEW = "2026-01-01-redis", "2026-02-01-git"
WAYS_OUT = [
    f'wrong fact?   hexci adr amend {OLD} --erratum "..."',
    f'new decision? hexci adr new "..." --supersedes {OLD}',
]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A landing with an error at a line, an error at a folder, and a warning."""
    ids = [f"2026-03-0{n}-r" for n in range(1, 6)]
    files = {path_of(OLD): record(OLD, "accepted", governs="[src/a.py]"), "src/a.py": "a = 1\n"}
    files |= {path_of(one): record(one) for one in ids}
    folder = repo_with(tmp_path / "repo", {**files, **{f"src/f{n}.py": "" for n in range(9)}})
    edited = files[path_of(OLD)].replace("There was a choice", "There was no choice")
    more = {path_of(one): record(one, "accepted") for one in ids}
    commit(
        folder, {path_of(OLD): edited, "src/a.py": None, "é %.md": f"docs/adr/{NEW}.md\n", **more}
    )
    monkeypatch.chdir(folder)
    return folder


def printed(format_name: str) -> str:
    outcome, text = ledger_judging.check("HEAD^1", "HEAD", format_name)
    assert outcome.exit_code == 1
    return text


@pytest.mark.usefixtures("repo")
def test_the_text_says_where_and_which_rule_then_what_is_true_then_the_ways_out() -> None:
    lines = printed("text").splitlines()
    start = lines.index(f"docs/adr/{OLD}.md:12: ADR002 frozen-body")
    assert lines[start + 1].startswith("    accepted in HEAD^1 (")
    assert lines[start + 1].endswith("; line 12 differs from the decided text")
    assert [line.strip() for line in lines[start + 2 : start + 4]] == WAYS_OUT


@pytest.mark.usefixtures("repo")
def test_every_format_says_the_same_of_each_finding() -> None:
    document = json.loads(printed("json"))
    text = printed("text")
    results = json.loads(printed("sarif"))["runs"][0]["results"]
    assert [r["ruleId"] for r in results] == [f["rule"] for f in document["findings"]]
    assert {f["rule"] for f in document["findings"]} >= {"ADR002", "ADR008", "ADR009"}
    for finding, result in zip(document["findings"], results, strict=True):
        assert result["message"]["text"] == f"{finding['message']}\n{finding['fix']}"
        for line in result["message"]["text"].splitlines():
            assert line in text


@pytest.mark.usefixtures("repo")
def test_annotations_carry_file_line_and_both_ways_out() -> None:
    commands = printed("github").splitlines()
    assert all(re.fullmatch(r"::(error|warning|notice) file=[^:]*::.*", c) for c in commands)
    found = next(c for c in commands if "title=ADR002" in c)
    assert f"file=docs/adr/{OLD}.md" in found
    assert ",line=12::" in found
    assert "%0A".join(WAYS_OUT) in found


@pytest.mark.usefixtures("repo")
def test_the_comment_names_the_findings_and_the_governing_decision() -> None:
    body = printed("comment")
    assert body.splitlines()[0] == "<!-- hexci:adr -->"
    assert "**ADR002** frozen-body: accepted in" in body
    assert "touches `src/a.py` by `src/a.py`" in body


def test_the_comment_tells_what_was_proven_and_what_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proven = "\n## Amendments\n\n- 2026-02-01 evidence: `true` passed at tree abc\n"
    keys = {"governs": "[src/a.py]", "verify": "true"}
    third = "2026-03-01-later"
    files = {
        path_of(OLD): record(OLD, "completed", **keys) + proven,
        path_of(NEW): record(NEW, supersedes=f"[{OLD}]", governs="[src/a.py]"),
        path_of(third): record(third, "accepted", **keys),
        "src/a.py": "a = 1\n",
        **{f"src/f{n}.py": "" for n in range(9)},
    }
    repo = repo_with(tmp_path / "repo", files)
    monkeypatch.chdir(repo)
    commit(repo, {"src/a.py": "a = 2\n"})
    body = ledger_judging.check("HEAD^1", "HEAD", "comment")[1]
    assert "passed at tree abc" in body
    assert f"`{'true'}` was not run yet" in body
    assert f"proposed to be superseded by {NEW}" in body
    retired = record(OLD, "superseded", superseded_by=NEW, **keys) + proven
    accepted = record(NEW, "accepted", supersedes=f"[{OLD}]", governs="[src/a.py]")
    commit(repo, {path_of(OLD): retired, path_of(NEW): accepted, "src/a.py": "a = 3\n"})
    outcome, body = ledger_judging.check("HEAD^1", "HEAD", "comment")
    assert outcome.exit_code == 0
    assert f"superseded in this change by {NEW}" in body


def sarif_schema() -> dict[str, Any]:
    package = npm_package("@microsoft/jest-sarif", "1.0.0-beta.0")
    schema = json.loads((package / "lib/schemas/sarif-2.1.0-rtm.5.json").read_text())
    assert isinstance(schema, dict)
    return schema


@pytest.mark.slow
@pytest.mark.usefixtures("repo")
def test_sarif_fits_the_published_schema() -> None:
    judge = pytest.importorskip("jsonschema").Draft7Validator(sarif_schema())
    log = json.loads(printed("sarif"))
    judge.validate(log)
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not judge.is_valid(log)
