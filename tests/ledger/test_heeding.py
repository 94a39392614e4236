"""What a change of governed files must bring: a word, a decision, evidence."""

from pathlib import Path

import pytest
from fakes.ledgers import errors, landed, ledger_repo, path_of, record, rules
from fakes.repositories import commit, git

from hexci.adapters.git.ledger_room import ledger_room
from hexci.adapters.treesitter.lazily import LazySymbols
from hexci.compose import ledger_judging
from hexci.domain.finding import Report
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.rules.heeded import Heed
from hexci.usecases.check_ledger import Beside, check_ledger

OLD, NEW = "2026-01-01-wire", "2026-02-01-new-wire"
CODE = "def parse(text):\n    return text\n\n\ndef other():\n    return 1\n"


def repo_with_level(folder: Path, level: str, governs: str = "[src/wire/**]", **more: str) -> Path:
    files = {path_of(OLD): record(OLD, "accepted", governs=governs, enforce=level, **more)}
    files[path_of(NEW)] = record(NEW, supersedes=f"[{OLD}]", governs="[src/wire/**]")
    return ledger_repo(folder, files, **{"src/wire/v1.py": CODE})


def told(report: Report) -> list[tuple[str, str, str]]:
    return [(f.rule, str(f.severity), f.path) for f in report.findings]


def changed(repo: Path, text: str, message: str = "Go on") -> Report:
    """The whole check, with symbols and messages, on one commit that changes the code."""
    before = git(repo, "rev-parse", "HEAD")
    (repo / "src/wire/v1.py").write_text(text)
    git(repo, "commit", "-qam", message)
    with ledger_room(repo) as room:
        sides = room.sides.between(before, "HEAD")

        def symbol(tree: str, path: str, name: str) -> bytes | None:
            content = room.content(tree, path)
            return None if content is None else LazySymbols().text(path, content, name)

        beside = Beside(heed=Heed(lambda: room.messages(sides.commits)), symbol=symbol)
        policies = (LedgerPolicy(), LedgerPolicy())
        return check_ledger(sides, policies=policies, source=room.source, beside=beside).report


def test_an_unread_decision_is_a_warning(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "ack")
    assert told(changed(repo, "x = 1\n")) == [("ADR014", "warning", "src/wire/v1.py")]


@pytest.mark.parametrize("trailer", [f"ADR-Ack: {OLD}", f"adr-ack:  {OLD} "])
def test_a_trailer_acknowledges_it(tmp_path: Path, trailer: str) -> None:
    repo = repo_with_level(tmp_path / "repo", "ack")
    assert told(changed(repo, "x = 1\n", f"Go on\n\n{trailer}\n")) == []


def test_another_id_or_a_mention_in_prose_acknowledges_nothing(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "ack")
    message = f"Go on\n\nSee ADR-Ack: {OLD}\nADR-Ack: {NEW}\n"
    assert [found[0] for found in told(changed(repo, "x = 1\n", message))] == ["ADR014"]


def test_before_there_is_a_message_it_is_only_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = repo_with_level(tmp_path / "repo", "ack")
    (repo / "src/wire/v1.py").write_text("x = 1\n")
    git(repo, "add", "-A")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(repo)
    outcome, text = ledger_judging.check(None, None, "text")
    assert outcome.exit_code == 0
    assert "ADR014 (note) heeded" in text
    assert f"git commit --trailer 'ADR-Ack: {OLD}'" in text


def test_what_is_not_governed_asks_for_nothing(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede")
    assert errors(landed(repo, {"src/a.py": "a = 2\n"})) == []


def test_enforced_files_change_only_with_a_new_decision(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede")
    assert errors(landed(repo, {"src/wire/v1.py": "x = 1\n"})) == ["ADR014 src/wire/v1.py"]


def test_a_deletion_is_a_change(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede")
    assert errors(landed(repo, {"src/wire/v1.py": None})) == ["ADR014 src/wire/v1.py"]


def test_a_successor_accepted_in_the_same_landing_lets_them_change(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede")
    old = record(OLD, "superseded", superseded_by=NEW, governs="[src/wire/**]", enforce="supersede")
    new = record(NEW, "accepted", supersedes=f"[{OLD}]", governs="[src/wire/**]")
    assert errors(landed(repo, {path_of(OLD): old, path_of(NEW): new, "src/wire/v1.py": "x"})) == []


def test_a_proposal_lets_nothing_change(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede")
    more = record("2026-03-01-more", supersedes=f"[{OLD}]")
    files = {path_of("2026-03-01-more"): more, "src/wire/v1.py": "x"}
    assert rules(landed(repo, files)) == {"ADR014"}


def test_the_change_cannot_weaken_what_it_must_bring(tmp_path: Path) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede")
    weaker = record(OLD, "accepted", governs="[src/wire/**]", enforce="ack")
    report = landed(repo, {path_of(OLD): weaker, "src/wire/v1.py": "x"})
    assert rules(report) == {"ADR003", "ADR014"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CODE.replace("return 1", "return 2"), []),
        (CODE.replace("return text", "return text.strip()"), [("ADR014", "error")]),
        ("\n\n" + CODE, []),
    ],
    ids=["another symbol", "the symbol", "moved lines"],
)
def test_a_symbol_is_touched_when_its_own_text_differs(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    repo = repo_with_level(tmp_path / "repo", "supersede", '["src/wire/v1.py::parse"]')
    assert [found[:2] for found in told(changed(repo, text))] == expected


def test_the_loss_of_a_governed_symbol_is_reported(tmp_path: Path) -> None:
    files = {path_of(OLD): record(OLD, "accepted", governs='["src/wire/v1.py::parse"]')}
    repo = ledger_repo(tmp_path / "repo", files, **{"src/wire/v1.py": CODE})
    report = changed(repo, CODE.replace("parse", "read"))
    assert told(report) == [("ADR008", "warning", "src/wire/v1.py")]
    assert "the definition" in report.findings[0].message


@pytest.mark.parametrize(
    ("entry", "code"), [("v1.py::parse", 0), ("v1.py::pars", 1), ("v2.py::parse", 1)]
)
def test_a_symbol_must_be_there_when_the_record_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, code: int
) -> None:
    files = {path_of(OLD): record(OLD, governs=f'["src/wire/{entry}"]')}
    repo = ledger_repo(tmp_path / "repo", files, **{"src/wire/v1.py": CODE})
    commit(repo, {path_of(OLD): record(OLD, "accepted", governs=f'["src/wire/{entry}"]')})
    monkeypatch.chdir(repo)
    outcome, text = ledger_judging.check("HEAD^1", "HEAD", "text")
    assert (outcome.exit_code, "ADR008" in text) == (code, bool(code))


def test_enforcing_nothing_is_no_decision(tmp_path: Path) -> None:
    repo = ledger_repo(tmp_path / "repo", {path_of(OLD): record(OLD)})
    report = landed(repo, {path_of(OLD): record(OLD, "accepted", enforce="ack")})
    assert "ADR008" in rules(report)


def test_an_unknown_level_is_no_record(tmp_path: Path) -> None:
    repo = ledger_repo(tmp_path / "repo", {})
    assert rules(landed(repo, {path_of(OLD): record(OLD, enforce="perhaps")})) == {"ADR007"}


@pytest.mark.parametrize(
    ("governs", "path", "expected"),
    [
        ('[src/**, "!src/gen/**"]', "src/gen/a.py", []),
        ('[src/**, "!src/gen/**"]', "src/b.py", ["ADR014 src/b.py"]),
        ('["!src/gen/**", src/**]', "src/gen/a.py", ["ADR014 src/gen/a.py"]),
        ("[src/wire]", "src/wire/deep/a.py", ["ADR014 src/wire/deep/a.py"]),
        ("[wire/]", "src/wire/a.py", ["ADR014 src/wire/a.py"]),
        ("[Makefile]", "sub/Makefile", ["ADR014 sub/Makefile"]),
        ("[/Makefile]", "sub/Makefile", []),
    ],
)
def test_scopes_are_read_as_gitignore_does(
    tmp_path: Path, governs: str, path: str, expected: list[str]
) -> None:
    files = {path_of(OLD): record(OLD, "accepted", governs=governs, enforce="supersede")}
    repo = ledger_repo(tmp_path / "repo", files, **{path: "a\n"})
    assert errors(landed(repo, {path: "b\n"})) == expected


@pytest.mark.slow
@pytest.mark.parametrize(("verify", "code"), [("test -s src/wire/v1.py", 0), ("false", 1)])
def test_evidence_is_run_on_what_would_land(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verify: str, code: int
) -> None:
    files = {path_of(OLD): record(OLD, "accepted", governs="[src/wire/**]", verify=verify)}
    repo = ledger_repo(tmp_path / "repo", files, **{"src/wire/v1.py": ""})
    (repo / "src/wire/v1.py").write_text("x = 1\n")
    git(repo, "add", "-A")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(repo)
    assert ledger_judging.check(None, None, "text")[0].exit_code == 0
    outcome, text = ledger_judging.check(None, None, "text", verify=True)
    assert (outcome.exit_code, "ADR014" in text) == (code, bool(code))
