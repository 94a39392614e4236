from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.repositories import fingerprint, git, repo_with

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.quarters import Quarters, quarters_for
from hexci.adapters.git.records import BOT, GitRecords
from hexci.errors import ConflictError
from hexci.ports.records import Landing


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repo_with(tmp_path / "r", {"a.py": "1\n"})


@pytest.fixture
def quarters(repo: Path) -> Iterator[Quarters]:
    with quarters_for(Checkout.at(repo)) as made:
        yield made


@pytest.fixture
def records(repo: Path, quarters: Quarters) -> GitRecords:
    return GitRecords(Checkout.at(repo), quarters.vault)


def landing_of(repo: Path, quarters: Quarters, branch: str, content: bytes = b"2\n") -> Landing:
    vault = quarters.vault
    base = git(repo, "rev-parse", "HEAD")
    tree = vault.overlay(vault.tree_of(base), {"a.py": content})
    commit = vault.commit(tree, [base], "Fix\n", who=BOT, at="2026-01-01T00:00:00Z")
    return Landing(branch, commit, tree, b'{"evidence":1}')


def test_a_record_is_a_chain_that_keeps_earlier_files(repo: Path, records: GitRecords) -> None:
    records.begin("r1", {"run.json": b"{}", "evidence/red.log": b"red"}, "plan")
    records.step("r1", {"evidence/green.log": b"green"}, "gate ok 12")
    stored = records.load("r1")
    assert stored is not None
    assert stored.files == {
        "run.json": b"{}",
        "evidence/red.log": b"red",
        "evidence/green.log": b"green",
    }
    assert git(repo, "log", "--format=%s", "refs/hexci/runs/r1") == "gate ok 12\nplan"
    assert records.runs() == ["r1"]


def test_a_second_begin_of_one_run_is_a_conflict(records: GitRecords) -> None:
    records.begin("r1", {}, "plan")
    with pytest.raises(ConflictError):
        records.begin("r1", {}, "plan")


def test_landing_moves_branch_note_and_record_together(
    repo: Path, quarters: Quarters, records: GitRecords
) -> None:
    before = fingerprint(repo)
    records.begin("r1", {}, "plan")
    landing = landing_of(repo, quarters, "hex/auto/r1")
    records.step("r1", {"run.json": b"done"}, "emit ok", landing)
    assert git(repo, "show", "hex/auto/r1:a.py") == "2"
    assert git(repo, "log", "-1", "--format=%an %cn", "hex/auto/r1") == "hexci[bot] hexci[bot]"
    assert list(records.evidence_of(landing.tree)) == [b'{"evidence":1}']
    assert git(repo, "for-each-ref", "refs/notes", "--format=%(refname)") == (
        "refs/notes/hexci/evidence"
    )
    after = fingerprint(repo)
    assert after.pop("git:refs") != before.pop("git:refs")
    assert after == before


def test_a_taken_branch_moves_nothing(repo: Path, quarters: Quarters, records: GitRecords) -> None:
    records.begin("r1", {"run.json": b"started"}, "plan")
    git(repo, "branch", "hex/auto/r1")
    before = git(repo, "for-each-ref")
    with pytest.raises(ConflictError):
        records.step("r1", {"run.json": b"done"}, "emit", landing_of(repo, quarters, "hex/auto/r1"))
    assert git(repo, "for-each-ref") == before


def test_two_notes_on_one_tree_are_both_kept_sorted(
    repo: Path, quarters: Quarters, records: GitRecords
) -> None:
    for run, note in (("r1", b'{"n":2}'), ("r2", b'{"n":1}')):
        records.begin(run, {}, "plan")
        landing = landing_of(repo, quarters, f"hex/auto/{run}")
        records.step(run, {}, "emit", Landing(landing.branch, landing.commit, landing.tree, note))
    tree = git(repo, "rev-parse", "hex/auto/r1^{tree}")
    assert list(records.evidence_of(tree)) == [b'{"n":1}', b'{"n":2}']


def test_forgotten_runs_are_gone_and_their_notes_stay(
    repo: Path, quarters: Quarters, records: GitRecords
) -> None:
    records.begin("r1", {}, "plan")
    landing = landing_of(repo, quarters, "hex/auto/r1")
    records.step("r1", {}, "emit", landing)
    records.forget(["r1", "never-was"])
    assert records.runs() == []
    assert records.evidence_of(landing.tree) != ()


@pytest.mark.parametrize("run", ["", "../heads/main", "-x/..", "no-such"])
def test_an_unknown_or_crooked_run_id_loads_nothing(records: GitRecords, run: str) -> None:
    assert records.load(run) is None


def test_runs_under_way_are_told_apart_without_reading_them(records: GitRecords) -> None:
    for run in ("r1", "r2"):
        records.begin(run, {}, "plan ok")
    records.step("r2", {}, "end committed")
    assert (records.runs(), records.unended()) == (["r1", "r2"], ["r1"])
