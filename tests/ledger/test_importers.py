"""Ledgers of other tools: imported, adopted, indexed, listed, checked clean."""

import json
from pathlib import Path

import pytest
from fakes.repositories import commit, git, repo_with

from hexci.compose import ledger_adoption, ledger_judging, ledger_reading, ledger_writing
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError

NYGARD = {
    "0001-record-decisions.md": "# 1. Record decisions\n\nDate: 2020-02-03\n\n## Status\n\n"
    "Superceded by [2. Use hexci](0002-use-hexci.md)\n\n## Context\n\nNeed.\n\n## Decision\n\n"
    "We record.\n\n## Consequences\n\nFine.\n",
    "0002-use-hexci.md": "# 2. Use hexci\n\nDate: 2020-03-04\n\n## Status\n\nAccepted\n\n"
    "Supercedes [1. Record decisions](0001-record-decisions.md)\n\n## Context\n\nNeed.\n\n"
    "## Decision\n\nWe use it.\n\n## Consequences\n\nFine.\n",
}
# as adr-tools 3.0.0 writes it after `adr new -s 2 …` and `adr new -l "3:Amends:Amended by" …`
NYGARD_LINKS = {
    "0002-use-mysql.md": "# 2. Use MySQL\n\nDate: 2026-11-21\n\n## Status\n\n"
    "Superseded by [3. Use PostgreSQL](0003-use-postgresql.md)\n\n## Context\n\nN.\n",
    "0003-use-postgresql.md": "# 3. Use PostgreSQL\n\nDate: 2026-11-21\n\n## Status\n\nAccepted\n\n"
    "Supersedes [2. Use MySQL](0002-use-mysql.md)\n\n"
    "Amended by [4. Use PostgreSQL 16](0004-use-postgresql-16.md)\n\n## Context\n\nN.\n",
    "0004-use-postgresql-16.md": "# 4. Use PostgreSQL 16\n\nDate: 2026-11-21\n\n## Status\n\n"
    "Accepted\n\nAmends [3. Use PostgreSQL](0003-use-postgresql.md)\n\n## Context\n\nN.\n",
}
MADR_2 = {
    "0001-use-madr.md": "# Use MADR\n\n* Status: accepted\n* Deciders: Ada, Grace\n"
    "* Date: 2021-01-02\n\n## Context and Problem Statement\n\nWhich?\n\n## Decision Outcome\n\n"
    'Chosen option: "MADR".\n\n### Positive Consequences\n\nGood.\n',
    "0002-old.md": "# Old\n\n- **Status**: superseded by [ADR-0001](0001-use-madr.md)\n"
    "- Date: 2020-01-02\n\n## Decision Outcome\n\nNone.\n",
}
MADR_4 = {
    "0005-use-rust.md": "---\n# optional\nstatus: superseded by ADR-0006\ndate: 2024-05-06\n"
    "decision-makers: [Ada, Grace]\nconsulted: Linus\n---\n\n# Use Rust\n\n"
    "## Context and Problem Statement\n\nWhich?\n\n## Decision Outcome\n\nRust.\n",
    "0006-use-python.md": '---\nstatus: "accepted"\ndate: 2024-06-07\n---\n\n# Use Python\n\n'
    "## Decision Outcome\n\nPython.\n",
}
LOG4BRAINS = {
    "20200101-use-log4brains.md": "# Use Log4brains\n\n- Status: accepted\n- Tags: dev-tools, doc\n"
    "\n## Context\n\nNeed.\n\n## Decision\n\nYes.\n",
    "20200202-draft.md": "# A draft\n\n- Status: draft\n\n## Decision\n\nPerhaps.\n",
}
BOLD = {
    "ADR-2603241230-timestamps.md": "# ADR-2603241230: Timestamps\n\n"
    "**Status:** Accepted (shipped)\n**Date:** 2026-03-24\n\n"
    "## Context\n\nA clash.\n\n## Decision\n\nMinutes.\n",
    "ADR-2603241300-words.md": "# Words\n\nStatus: **Abandoned**\n\n## Decision\n\nNone.\n",
    "ADR-050-x.md": "# X\n\n## Status\n\nCompleted — in v2\n\n## Decision\n\nX.\n",
}
EXPECTED = {
    "adr-tools": (NYGARD, {"0001-record-decisions": "superseded", "0002-use-hexci": "accepted"}),
    "adr-tools links": (
        NYGARD_LINKS,
        {
            "0002-use-mysql": "superseded",
            "0003-use-postgresql": "accepted",
            "0004-use-postgresql-16": "accepted",
        },
    ),
    "MADR 2": (MADR_2, {"0001-use-madr": "accepted", "0002-old": "superseded"}),
    "MADR 4": (MADR_4, {"0005-use-rust": "superseded", "0006-use-python": "accepted"}),
    "log4brains": (
        LOG4BRAINS,
        {"20200101-use-log4brains": "accepted", "20200202-draft": "proposed"},
    ),
    "bold lines": (
        BOLD,
        {
            "ADR-050-x": "completed",
            "ADR-2603241230-timestamps": "accepted",
            "ADR-2603241300-words": "abandoned",
        },
    ),
}


@pytest.mark.parametrize("dialect", EXPECTED)
@pytest.mark.parametrize("folder", ["docs/adr", "doc/decisions"])
def test_an_imported_ledger_goes_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialect: str, folder: str
) -> None:
    files, statuses = EXPECTED[dialect]
    start = {f"{folder}/{name}": text for name, text in files.items()}
    repo = repo_with(tmp_path / "repo", {**start, f"{folder}/README.md": "# Ours\n"})
    monkeypatch.chdir(repo)
    outcome, told = ledger_adoption.take_over(folder, dry_run=False, format_name="text")
    assert outcome.exit_code == 0, told
    outcome, told = ledger_adoption.adopt("text")
    assert outcome.exit_code == 0, told
    listed = json.loads(ledger_reading.listed((), verify=False, as_json=True))["records"]
    assert {one["id"]: one["status"] for one in listed} == statuses
    git(repo, "add", "-A")
    outcome, told = ledger_judging.check(None, None, "text")
    assert outcome.exit_code == 0, told
    assert "adopts the ledger" in told
    commit(repo, {})
    for outcome, told in (ledger_judging.check(None, None, "text"), audit_text()):
        assert (outcome.exit_code, told.splitlines()[-1].split(":")[1]) == (0, " nothing found")
    before = (repo / "docs/adr/INDEX.md").read_text()
    ledger_writing.change("reindex", (), "text")
    assert (repo / "docs/adr/INDEX.md").read_text() == before


def audit_text() -> tuple[Outcome, str]:
    return ledger_judging.audit("HEAD", "text")


def test_links_are_written_on_both_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repo_with(tmp_path / "repo", {f"docs/adr/{n}": t for n, t in MADR_4.items()})
    monkeypatch.chdir(repo)
    ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")
    old = json.loads(ledger_reading.shown("0005-use-rust", as_json=True))
    new = json.loads(ledger_reading.shown("0006", as_json=True))
    assert (old["superseded-by"], new["supersedes"]) == ("0006-use-python", ["0005-use-rust"])
    assert old["deciders"] == ["Ada", "Grace"]


def test_each_line_of_a_status_section_says_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = repo_with(tmp_path / "repo", {f"docs/adr/{n}": t for n, t in NYGARD_LINKS.items()})
    monkeypatch.chdir(repo)
    outcome, told = ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")
    assert (outcome.exit_code, told.splitlines()[-1]) == (0, "adr: nothing found")
    middle = json.loads(ledger_reading.shown("0003", as_json=True))
    assert middle["title"] == "Use PostgreSQL"
    assert middle["supersedes"] == ["0002-use-mysql"]
    assert middle["amended-by"] == ["0004-use-postgresql-16"]


def test_records_without_a_status_are_taken_only_when_their_owner_says_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# Use MADR\n\n## Decision Outcome\n\nWe do.\n"
    repo = repo_with(tmp_path / "repo", {"docs/adr/0000-use-madr.md": text})
    monkeypatch.chdir(repo)
    outcome, told = ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")
    assert outcome.exit_code == 1
    assert "--without-status accepted" in told
    outcome, told = ledger_adoption.take_over(
        "docs/adr", dry_run=False, format_name="text", missing="accepted"
    )
    assert outcome.exit_code == 0, told
    assert json.loads(ledger_reading.shown("0000", as_json=True))["status"] == "accepted"


def test_after_the_adoption_the_rules_apply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = repo_with(tmp_path / "repo", {f"docs/adr/{n}": t for n, t in NYGARD.items()})
    monkeypatch.chdir(repo)
    ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")
    ledger_adoption.adopt("text")
    commit(repo, {})
    place = repo / "docs/adr/0002-use-hexci.md"
    place.write_text(place.read_text().replace("We use it", "We do not use it"))
    git(repo, "add", "-A")
    outcome, told = ledger_judging.check(None, None, "text")
    assert outcome.exit_code == 1
    assert "ADR002 frozen-body" in told


def test_a_ledger_is_imported_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repo_with(tmp_path / "repo", {f"docs/adr/{n}": t for n, t in NYGARD.items()})
    monkeypatch.chdir(repo)
    ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")
    with pytest.raises(BadInputError, match="all 2 files are records"):
        ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")


def test_an_unknown_status_is_never_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# X\n\n* Status: frobnicated\n\n## Decision\n\nX.\n"
    repo = repo_with(tmp_path / "repo", {"docs/adr/0001-x.md": text})
    monkeypatch.chdir(repo)
    outcome, told = ledger_adoption.take_over("docs/adr", dry_run=False, format_name="text")
    assert outcome.exit_code == 1
    assert "'frobnicated' is none that is known" in told
    assert (repo / "docs/adr/0001-x.md").read_text() == text
