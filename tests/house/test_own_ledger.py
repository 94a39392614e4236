"""hexci's own decisions live by hexci's rules."""

from pathlib import Path

import pytest

from hexci.compose import ledger_judging, ledger_reading

ROOT = Path(__file__).parents[2]


def test_the_own_ledger_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    outcome, told = ledger_judging.check("HEAD", "HEAD", "text")
    assert outcome.exit_code == 0, told
    assert "records: 0" not in told


def test_what_is_staged_in_the_own_ledger_is_legal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(ROOT)
    outcome, told = ledger_judging.check(None, None, "text")
    assert outcome.exit_code == 0, told


def test_the_vault_is_governed_by_the_decision_on_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    told = ledger_reading.governing(["hexci/adapters/git/vault.py"], "HEAD", as_json=False)
    assert "2026-11-21-commit-without-checkout" in told
