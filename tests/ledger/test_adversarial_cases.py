"""Each was a real event in somebody's ledger. The number is the one of the catalogue."""

import json
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from fakes.ledgers import (
    FOLDER,
    audit,
    check,
    errors,
    index_of,
    landed,
    ledger_repo,
    path_of,
    record,
    records,
    rules,
)
from fakes.repositories import commit, git

from hexci.domain.finding import Report
from hexci.domain.ledger.rules.quorum import Approval, Approvals
from hexci.errors import BadInputError
from hexci.usecases.check_ledger import Forge

OLD, NEW = "2026-01-01-redis", "2026-02-01-git"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return ledger_repo(
        tmp_path / "repo", {path_of(OLD): record(OLD, "accepted"), path_of(NEW): record(NEW)}
    )


def edited(text: str) -> str:
    return text.replace("There was a choice", "There was no choice")


def test_01_body_edit_of_an_accepted_record(repo: Path) -> None:
    report = landed(repo, {path_of(OLD): edited(record(OLD, "accepted"))})
    assert errors(report) == [f"ADR002 {OLD}.md"]
    assert report.findings[0].line == 11
    assert "hexci adr amend" in report.findings[0].fix
    assert "--supersedes" in report.findings[0].fix


def test_02_the_same_edit_hidden_by_a_squash(repo: Path) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    commit(repo, {"src/a.py": "a = 2\n"})
    commit(repo, {path_of(OLD): edited(record(OLD, "accepted"))})
    git(repo, "switch", "-q", "main")
    git(repo, "merge", "-q", "--squash", "feature")
    git(repo, "commit", "-q", "-m", "Squashed (#7)")
    assert errors(check(repo, "HEAD^1", "HEAD")) == [f"ADR002 {OLD}.md"]
    assert [one.illegal for one in audit(repo)][-1] is True


def test_03_edit_then_revert_inside_a_branch_is_legal(repo: Path) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    commit(repo, {path_of(OLD): edited(record(OLD, "accepted"))})
    commit(repo, {path_of(OLD): record(OLD, "accepted"), "src/a.py": "a = 3\n"})
    assert errors(check(repo, "main", "feature")) == []


def test_04_deletion_of_an_accepted_record(repo: Path) -> None:
    assert errors(landed(repo, {path_of(OLD): None})) == [f"ADR001 {OLD}.md"]


def test_04b_deletion_of_a_proposal_is_legal(repo: Path) -> None:
    assert errors(landed(repo, {path_of(NEW): None})) == []


def test_05_removal_of_the_whole_folder(repo: Path) -> None:
    report = landed(repo, {path_of(OLD): None, path_of(NEW): None})
    assert rules(report) == {"ADR001", "ADR007"}


def test_06_rename_of_an_accepted_record_with_the_same_id(repo: Path) -> None:
    report = landed(
        repo, {path_of(OLD): None, path_of("2026-01-01-redis-state"): record(OLD, "accepted")}
    )
    assert rules(report) == {"ADR001", "ADR006", "ADR013"}


def test_07_rename_and_edit_below_the_similarity_threshold(repo: Path) -> None:
    other = record("2026-01-01-other", "accepted", body="\n# Other\n\nAll is new here.\n")
    report = landed(repo, {path_of(OLD): None, path_of("2026-01-01-other"): other})
    assert f"ADR001 {OLD}.md" in errors(report)


def test_08_accepted_to_proposed_to_edited_to_accepted_in_one_branch(repo: Path) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    commit(repo, {path_of(OLD): record(OLD, "proposed")})
    commit(repo, {path_of(OLD): edited(record(OLD, "proposed"))})
    commit(repo, {path_of(OLD): edited(record(OLD, "accepted"))})
    assert errors(check(repo, "main", "feature")) == [f"ADR002 {OLD}.md"]


@pytest.mark.parametrize("status", ["Accepted", "accepted (shipped)", "ACCEPTED", "accepted # ok"])
def test_09_status_changed_by_case_or_trailing_text(repo: Path, status: str) -> None:
    assert rules(landed(repo, {path_of(OLD): record(OLD, status)})) == {"ADR007"}


def test_10_a_crlf_flip_is_legal(repo: Path) -> None:
    text = record(OLD, "accepted").replace("\n", "\r\n")
    assert errors(landed(repo, {path_of(OLD): text.encode()})) == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\xef\xbb\xbf" + record(OLD, "accepted").encode(), "ADR007"),
        (record(OLD, "accepted").encode().replace(b"choice", b"ch\xf6ice"), "ADR007"),
        (record(OLD, "accepted").encode().replace(b"choice", b"cho\rice"), "ADR007"),
    ],
    ids=["BOM", "not UTF-8", "lone CR"],
)
def test_10_bytes_that_would_turn_a_parser_off(repo: Path, content: bytes, rule: str) -> None:
    assert rules(landed(repo, {path_of(OLD): content})) == {rule}


def test_10_a_change_of_unicode_normal_form_is_an_edit(tmp_path: Path) -> None:
    composed = unicodedata.normalize("NFC", record(OLD, "accepted").replace("choice", "chöice"))
    repo = ledger_repo(tmp_path / "repo", {path_of(OLD): composed})
    report = landed(repo, {path_of(OLD): unicodedata.normalize("NFD", composed)})
    assert errors(report) == [f"ADR002 {OLD}.md"]


def test_11_a_symlink_in_place_of_a_record(repo: Path) -> None:
    (repo / path_of(OLD)).unlink()
    (repo / path_of(OLD)).symlink_to(f"{NEW}.md")
    assert rules(landed(repo, {})) == {"ADR007"}


def test_11_a_symlink_whose_target_reads_like_the_record(repo: Path) -> None:
    blob = git(repo, "rev-parse", f"HEAD:{path_of(OLD)}")
    git(repo, "update-index", "--cacheinfo", f"120000,{blob},{path_of(OLD)}")
    git(repo, "commit", "-q", "-m", "Link")
    assert errors(check(repo, "HEAD^1", "HEAD")) == [f"ADR007 {OLD}.md"]


def test_11_a_submodule_in_place_of_a_record(repo: Path) -> None:
    head = git(repo, "rev-parse", "HEAD")
    git(repo, "rm", "-q", path_of(OLD))
    git(repo, "update-index", "--add", "--cacheinfo", f"160000,{head},{path_of(OLD)}")
    git(repo, "commit", "-q", "-m", "Link")
    assert rules(check(repo, "HEAD^1", "HEAD")) == {"ADR007"}


def test_11_a_folder_in_place_of_a_record(repo: Path) -> None:
    report = landed(
        repo, {path_of(OLD): None, f"{FOLDER}/{OLD}.md/{OLD}.md": record(OLD, "accepted")}
    )
    assert "ADR001" in rules(report)


def test_12_a_record_moved_into_a_subfolder(repo: Path) -> None:
    moved = {path_of(OLD): None, f"{FOLDER}/old/{OLD}.md": record(OLD, "accepted")}
    assert {"ADR001", "ADR007"} <= rules(landed(repo, moved))


@pytest.mark.parametrize(
    "header",
    [
        "status: accepted\nstatus: proposed",
        "status: &s accepted",
        "status: *s",
        "status: !!str accepted",
        "status: accepted\n---\nid: other",
        "status: accepted\nimport: true",
        "status: |\n  accepted",
        "status: {a: b}",
    ],
    ids=["twice", "anchor", "alias", "tag", "second document", "unknown", "block", "mapping"],
)
def test_13_front_matter_that_two_parsers_read_differently(repo: Path, header: str) -> None:
    text = record(OLD, "accepted").replace("status: accepted", header)
    assert rules(landed(repo, {path_of(OLD): text})) & {"ADR007", "ADR002"}


def test_13_keys_stand_in_one_order(repo: Path) -> None:
    text = record(OLD, "accepted").replace("status: accepted\ndate: 2026-01-01", "DATE\nSTATUS")
    text = text.replace("DATE", "date: 2026-01-01").replace("STATUS", "status: accepted")
    report = landed(repo, {path_of(OLD): text})
    assert errors(report) == [f"ADR003 {OLD}.md"]
    assert "id, status, date" in report.findings[0].fix


def test_14_a_status_word_in_a_code_fence_is_text(repo: Path) -> None:
    body = "\n# New\n\n```\n---\nstatus: accepted\n---\n```\n\nStatus: superseded\n"
    assert errors(landed(repo, {path_of(NEW): record(NEW, body=body)})) == []


def test_15_a_sweep_over_the_readme_and_the_template_is_no_step(repo: Path) -> None:
    swept = {
        f"{FOLDER}/README.md": "Status: **Completed**\n",
        f"{FOLDER}/TEMPLATE.md": "Status: auto-abandoned\n",
    }
    assert errors(landed(repo, swept)) == []


def pair(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    return {path_of(OLD): record(OLD, **old), path_of(NEW): record(NEW, **new)}


def test_16_a_rejected_record_supersedes_nothing(repo: Path) -> None:
    report = landed(
        repo,
        pair(
            {"status": "superseded", "superseded_by": NEW},
            {"status": "rejected", "supersedes": f"[{OLD}]"},
        ),
    )
    assert rules(report) == {"ADR005"}


def test_16_no_record_supersedes_itself(repo: Path) -> None:
    report = landed(repo, {path_of(NEW): record(NEW, supersedes=f"[{NEW}]")})
    assert errors(report) == [f"ADR005 {NEW}.md"]
    assert "a record does not name itself" in report.findings[0].message


def test_16_two_records_do_not_supersede_each_other(tmp_path: Path) -> None:
    a, b = "2026-01-01-a", "2026-01-02-b"
    repo = ledger_repo(
        tmp_path / "repo",
        {
            path_of(a): record(a, "superseded", superseded_by=b),
            path_of(b): record(b, "accepted", supersedes=f"[{a}]"),
        },
    )
    report = landed(
        repo,
        {
            path_of(a): record(a, "superseded", supersedes=f"[{b}]", superseded_by=b),
            path_of(b): record(b, "superseded", supersedes=f"[{a}]", superseded_by=a),
        },
    )
    assert {"ADR003", "ADR005"} <= rules(report)
    assert any("closes a circle" in finding.message for finding in report.findings)


def test_16_a_chain_of_three_is_legal(repo: Path) -> None:
    third = "2026-03-01-third"
    first = landed(
        repo,
        {
            **pair(
                {"status": "superseded", "superseded_by": NEW},
                {"status": "accepted", "supersedes": f"[{OLD}]"},
            ),
            path_of(third): record(third, supersedes=f"[{NEW}]"),
        },
    )
    second = landed(
        repo,
        {
            path_of(NEW): record(NEW, "superseded", supersedes=f"[{OLD}]", superseded_by=third),
            path_of(third): record(third, "accepted", supersedes=f"[{NEW}]"),
        },
    )
    assert (errors(first), errors(second)) == ([], [])


def test_17_a_proposal_does_not_retire_a_decision(repo: Path) -> None:
    report = landed(
        repo,
        pair(
            {"status": "superseded", "superseded_by": NEW},
            {"status": "proposed", "supersedes": f"[{OLD}]"},
        ),
    )
    assert "ADR005" in rules(report)


def test_18_the_old_record_flips_and_the_new_one_is_not_in_the_change(repo: Path) -> None:
    flipped = record(OLD, "superseded", superseded_by=NEW)
    assert rules(landed(repo, {path_of(OLD): flipped})) == {"ADR005"}


def test_18_the_new_record_is_accepted_and_the_old_one_does_not_flip(repo: Path) -> None:
    accepted = record(NEW, "accepted", supersedes=f"[{OLD}]")
    assert rules(landed(repo, {path_of(NEW): accepted})) == {"ADR005"}


def test_18_an_amending_record_is_accepted_and_the_other_side_does_not_say_so(repo: Path) -> None:
    accepted = record(NEW, "accepted", amends=f"[{OLD}]")
    report = landed(repo, {path_of(NEW): accepted})
    assert errors(report) == [f"ADR005 {NEW}.md"]


@pytest.mark.parametrize("amender", [NEW, "2026-09-09-nothing"])
def test_18_a_record_says_that_it_is_amended_by_one_that_says_nothing(
    repo: Path, amender: str
) -> None:
    amended = record(OLD, "accepted", amended_by=f"[{amender}]")
    assert errors(landed(repo, {path_of(OLD): amended})) == [f"ADR005 {OLD}.md"]


def test_18_an_amendment_by_a_record_is_written_on_both_sides(repo: Path) -> None:
    both = {
        path_of(NEW): record(NEW, "accepted", amends=f"[{OLD}]"),
        path_of(OLD): record(OLD, "accepted", amended_by=f"[{NEW}]"),
    }
    assert errors(landed(repo, both)) == []


@pytest.mark.parametrize("order", [("kafka", "nats"), ("nats", "kafka")])
def test_19_two_branches_take_one_number(repo: Path, order: tuple[str, str]) -> None:
    for name in order:
        git(repo, "switch", "-q", "-c", name, "main")
        commit(repo, {path_of(f"0007-{name}"): record(f"0007-{name}")})
    first, second = order
    assert errors(check(repo, "main", first)) == []
    assert errors(check(repo, "main", second)) == []
    git(repo, "switch", "-q", "main")
    git(repo, "merge", "-q", "--no-ff", "-m", "First", first)
    assert errors(check(repo, "main", second)) == [f"ADR006 0007-{second}.md"]


@pytest.mark.parametrize(
    ("rival", "expected"),
    [
        ("docs/adr/0007-nats.md", "pull request #9 adds 0007-nats"),
        ("docs/adr/0007-KAFKA.md", "pull request #9 adds 0007-KAFKA"),
        ("docs/adr/0008-nats.md", ""),
        ("docs/other/0007-nats.md", ""),
    ],
)
def test_19_an_open_request_adds_the_same_number(repo: Path, rival: str, expected: str) -> None:
    before = git(repo, "rev-parse", "HEAD")
    after = commit(repo, {path_of("0007-kafka"): record("0007-kafka")})
    forge = Forge(on_request=True, rivals=lambda: [(9, rival)])
    found = check(repo, before, after, forge).findings
    assert [(f.rule, str(f.severity)) for f in found] == ([("ADR006", "warning")] * bool(expected))
    assert expected in "".join(f.message for f in found)


def test_20_a_base_that_was_merged_into_the_branch_is_not_blamed_on_it(repo: Path) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    commit(repo, {"src/a.py": "a = 9\n"})
    git(repo, "switch", "-q", "main")
    commit(repo, {path_of(NEW): None, path_of(OLD): record(OLD, "deprecated")})
    git(repo, "switch", "-q", "feature")
    git(repo, "merge", "-q", "-m", "Update", "main")
    report = check(repo, "main", "feature")
    assert errors(report) == []
    assert dict(report.facts)["records"] == "1 in docs/adr, 0 changed"


def test_20_a_stale_branch_is_not_blamed_for_what_main_did_meanwhile(repo: Path) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    commit(repo, {"src/a.py": "a = 9\n"})
    git(repo, "switch", "-q", "main")
    commit(repo, {path_of(OLD): record(OLD, "deprecated")})
    assert errors(check(repo, "main", "feature")) == []


def test_21_a_merge_that_reverts_a_newer_record(repo: Path) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    commit(repo, {"src/a.py": "a = 9\n"})
    git(repo, "switch", "-q", "main")
    commit(repo, {path_of(NEW): record(NEW, "accepted")})
    git(repo, "merge", "-q", "--no-commit", "--no-ff", "feature")
    git(repo, "checkout", "-q", "feature", "--", FOLDER)
    git(repo, "commit", "-q", "-m", "Merge")
    assert errors(check(repo, "HEAD^1", "HEAD")) == [f"ADR004 {NEW}.md"]


def test_22_a_depth_one_clone_cannot_be_judged(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repo, {"src/a.py": "a = 2\n"})
    clone = shallow(repo, tmp_path / "one", 1)
    assert event_outcome(clone, "merge_group", {}, monkeypatch) == "cannot judge"


def test_22_a_depth_two_clone_is_enough(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repo, "switch", "-q", "-c", "feature")
    head = commit(repo, {path_of(OLD): edited(record(OLD, "accepted"))})
    git(repo, "switch", "-q", "main")
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge", "feature")
    clone = shallow(repo, tmp_path / "two", 2)
    event = {"pull_request": {"head": {"sha": head}, "base": {"sha": "0" * 40}}}
    assert event_outcome(clone, "pull_request", event, monkeypatch) == "ADR002"


def test_23_a_force_push_is_no_step(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = commit(repo, {"src/a.py": "a = 2\n"})
    git(repo, "reset", "-q", "--hard", "HEAD^1")
    after = commit(repo, {"src/a.py": "a = 3\n"})
    event = {"before": before, "after": after}
    assert event_outcome(repo, "push", event, monkeypatch) == "cannot judge"


def test_24_an_empty_ledger_is_no_error_and_says_so(tmp_path: Path) -> None:
    repo = ledger_repo(tmp_path / "repo", {})
    report = landed(repo, {"src/a.py": "a = 2\n"})
    assert errors(report) == []
    assert "no record yet" in dict(report.facts)["note"]


def test_24_the_folder_renamed_in_the_config_by_the_same_change(repo: Path) -> None:
    config = "kind: Config\nspec:\n  ledger:\n    folder: docs/decisions\n"
    moved = {
        ".hexci/config.yaml": config,
        path_of(OLD): None,
        path_of(NEW): None,
        f"docs/decisions/{OLD}.md": edited(record(OLD, "accepted")),
    }
    assert "ADR001" in rules(landed(repo, moved))


def test_24_a_config_that_frees_records_for_the_next_change(repo: Path) -> None:
    config = "kind: Config\nspec:\n  ledger:\n    folder: docs/none\n"
    assert errors(landed(repo, {".hexci/config.yaml": config})) == [f"ADR001 {OLD}.md"]


def test_25_a_change_of_config_and_record_is_judged_by_the_old_config(repo: Path) -> None:
    config = 'kind: Config\nspec:\n  ledger:\n    ignore: ["2026-01-01-*.md"]\n'
    report = landed(
        repo, {".hexci/config.yaml": config, path_of(OLD): edited(record(OLD, "accepted"))}
    )
    assert {"ADR001", "ADR002"} <= rules(report)
    assert "judged by the one of" in dict(report.facts)["config"]


def test_25_an_adoption_does_not_free_decided_records(repo: Path) -> None:
    config = f"kind: Config\nspec:\n  ledger:\n    adopted: {'a' * 40}\n"
    report = landed(
        repo, {".hexci/config.yaml": config, path_of(OLD): edited(record(OLD, "accepted"))}
    )
    assert rules(report) == {"ADR002"}


def test_25_an_adoption_brings_no_decided_record_into_a_decided_ledger(repo: Path) -> None:
    config = f"kind: Config\nspec:\n  ledger:\n    adopted: {'a' * 40}\n"
    born = record("2026-05-05-born", "accepted")
    report = landed(repo, {".hexci/config.yaml": config, path_of("2026-05-05-born"): born})
    assert errors(report) == ["ADR013 2026-05-05-born.md"]


@pytest.mark.parametrize(
    ("glob", "expected"), [('"**"', {"ADR008"}), ("nowhere/**", {"ADR008"}), ("src/a.py", set())]
)
def test_26_governs_everything_or_nothing(repo: Path, glob: str, expected: set[str]) -> None:
    accepted = record(NEW, "accepted", governs=f"[{glob}]")
    assert rules(landed(repo, {path_of(NEW): accepted})) == expected


def test_27_the_last_governed_file_goes_away(tmp_path: Path) -> None:
    governed = record(OLD, "accepted", governs="[src/a.py]")
    repo = ledger_repo(tmp_path / "repo", {path_of(OLD): governed})
    report = landed(repo, {"src/a.py": None, "src/b.py": "a = 1\n"})
    assert [(f.rule, str(f.severity), f.path) for f in report.findings] == [
        ("ADR008", "warning", "src/a.py")
    ]


def test_28_a_dead_citation_counts_on_added_lines_only(tmp_path: Path) -> None:
    repo = ledger_repo(
        tmp_path / "repo",
        {
            path_of(OLD): record(OLD, "superseded", superseded_by=NEW),
            path_of(NEW): record(NEW, "accepted", supersedes=f"[{OLD}]"),
            "src/cites.py": f"# adr: {OLD}\nx = 1\n",
        },
    )
    untouched = landed(repo, {"src/cites.py": f"# adr: {OLD}\nx = 2\n"})
    assert errors(untouched) == []
    report = landed(repo, {"src/cites.py": f"# adr: {OLD}\nx = 2\n# see docs/adr/{OLD}.md\n"})
    assert [(f.rule, f.path, f.line) for f in report.findings] == [("ADR009", "src/cites.py", 3)]
    assert NEW in report.findings[0].message


def test_28_a_citation_of_nothing(repo: Path) -> None:
    report = landed(repo, {"src/a.py": "a = 1  # adr: 2026-09-09-nothing\n"})
    assert errors(report) == ["ADR009 src/a.py"]


def test_29_an_amendment_above_older_amendments(tmp_path: Path) -> None:
    first = record(OLD, "accepted") + "\n## Amendments\n\n- 2026-02-01 erratum: One.\n"
    repo = ledger_repo(tmp_path / "repo", {path_of(OLD): first})
    later = "- 2026-03-01 link: Two.\n"
    above = first.replace("- 2026-02-01", later + "- 2026-02-01")
    assert rules(landed(repo, {path_of(OLD): above})) == {"ADR002"}
    git(repo, "reset", "-q", "--hard", "HEAD^1")
    assert errors(landed(repo, {path_of(OLD): first + later})) == []


@pytest.mark.parametrize(
    "added",
    [
        "And more.\n",
        "\n## Decision\n\nWe do another thing.\n",
        "\n## Amendments\n\nfree text\n",
        "\n## Amendments\n\n- 2026-02-30x erratum: One.\n",
        "\n## Amendments\n\n- 2026-02-01 erratum: One.\n\n[x]: http://elsewhere\n",
        "\n## Amendments\n\n- 2026-02-01 erratum: One.\n===\n",
    ],
)
def test_29_growth_that_is_no_dated_amendment(repo: Path, added: str) -> None:
    assert rules(landed(repo, {path_of(OLD): record(OLD, "accepted") + added})) == {"ADR002"}


def deciding(repo: Path, forge: Forge) -> Report:
    commit(repo, {".hexci/config.yaml": "kind: Config\nspec:\n  ledger:\n    quorum: 1\n"})
    before = git(repo, "rev-parse", "HEAD")
    return check(repo, before, commit(repo, {path_of(NEW): record(NEW, "accepted")}), forge)


@pytest.mark.parametrize(
    ("approval", "expected"),
    [
        (Approval("helper", is_bot=True), {"ADR011"}),
        (Approval("helper[bot]"), {"ADR011"}),
        (Approval("Ada"), {"ADR011"}),
        (Approval("stranger"), {"ADR011"}),
        (Approval("grace"), set()),
    ],
    ids=["bot", "bot by name", "the author", "no owner", "an owner"],
)
def test_31_whose_approval_counts(repo: Path, approval: Approval, expected: set[str]) -> None:
    approvals = Approvals("ada", (approval,), frozenset({"grace", "ada", "helper", "helper[bot]"}))
    assert rules(deciding(repo, Forge(approvals=approvals, on_request=True))) == expected


def test_31_without_the_forge_a_quorum_cannot_be_judged(repo: Path) -> None:
    with pytest.raises(BadInputError, match="who approved is not known"):
        deciding(repo, Forge(on_request=True))


def test_a_bulk_of_status_steps_needs_the_label(tmp_path: Path) -> None:
    ids = [f"2026-01-0{n}-r" for n in range(1, 6)]
    repo = ledger_repo(tmp_path / "repo", records(*ids))
    before = git(repo, "rev-parse", "HEAD")
    after = commit(repo, records(*ids, status="accepted"))
    assert rules(check(repo, before, after, Forge(labels=frozenset()))) == {"ADR012"}
    assert [f.rule for f in check(repo, before, after).findings] == ["ADR012"]
    assert rules(check(repo, before, after)) == set()
    assert rules(check(repo, before, after, Forge(labels=frozenset({"adr-bulk"})))) == set()


def test_a_stale_index_is_an_error(tmp_path: Path) -> None:
    first = {path_of(OLD): record(OLD)}
    index = {f"{FOLDER}/INDEX.md": index_of(first)}
    repo = ledger_repo(tmp_path / "repo", {**first, **index})
    both = {**first, path_of(NEW): record(NEW)}
    assert rules(landed(repo, {path_of(NEW): record(NEW)})) == {"ADR010"}
    fresh = index_of(both, index[f"{FOLDER}/INDEX.md"])
    assert errors(landed(repo, {f"{FOLDER}/INDEX.md": fresh})) == []


def shallow(repo: Path, to: Path, depth: int) -> Path:
    git(repo, "clone", "-q", "--depth", str(depth), repo.as_uri(), str(to))
    return to


def event_outcome(
    repo: Path, name: str, event: Mapping[str, object], monkeypatch: pytest.MonkeyPatch
) -> str:
    """What `hexci adr check` says in CI: the rules, or that it cannot judge."""
    from hexci.compose import ledger_judging

    file = repo.parent / "event.json"
    file.write_text(json.dumps(event))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_EVENT_NAME", name)
    monkeypatch.setenv("GITHUB_EVENT_PATH", os.fspath(file))
    monkeypatch.chdir(repo)
    try:
        _, text = ledger_judging.check(None, None, "json")
    except BadInputError:
        return "cannot judge"
    return " ".join(sorted({f["rule"] for f in json.loads(text)["findings"]}))


@pytest.mark.parametrize("name", ["merge_group", "push"])
def test_a_queue_and_a_push_do_not_ask_for_what_only_a_request_has(
    repo: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    commit(repo, {".hexci/config.yaml": "kind: Config\nspec:\n  ledger:\n    quorum: 1\n"})
    base = git(repo, "rev-parse", "HEAD")
    after = commit(repo, {path_of(NEW): record(NEW, "accepted")})
    event = {"merge_group": {"base_sha": base}, "before": base, "after": after}
    assert event_outcome(repo, name, event, monkeypatch) == ""


def test_a_new_branch_is_judged_against_the_default_branch(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repo, "update-ref", "refs/remotes/origin/main", "HEAD")
    after = commit(repo, {path_of(OLD): None})
    event = {"before": "0" * 40, "after": after}
    assert event_outcome(repo, "push", event, monkeypatch) == "ADR001"


def test_an_event_that_lands_nothing_cannot_be_judged(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert event_outcome(repo, "schedule", {}, monkeypatch) == "cannot judge"
