"""Records made from the templates that other tools ship, fetched from the registry: round trip."""

import json
import re
from pathlib import Path

import pytest
from fakes.registry import npm_package
from fakes.repositories import commit, git, repo_with

from hexci.compose import ledger_adoption, ledger_judging, ledger_reading

# package → (version, template, samples without a status or with their own)
TEMPLATES = {
    "MADR 2": ("madr", "2.1.2", "template/template.md"),
    "MADR 3": ("madr", "3.0.0", "template/adr-template.md"),
    "MADR 4": ("madr", "4.0.0", "template/adr-template.md"),
    "MADR 4 minimal": ("madr", "4.0.0", "template/adr-template-minimal.md"),
    "log4brains": ("@log4brains/init", "1.1.0", "assets/template.md"),
}
WORDS = {"old": ("superseded by", "superseded"), "new": ("accepted", "accepted")}


def filled(template: str, title: str, status: str) -> str:
    """A template as its user fills it: title, status, date; the other placeholders stay."""
    lines = template.split("\n")
    heading = next(n for n, line in enumerate(lines) if line.startswith("# ") and line[2:3] != "T")
    if lines[0] == "---":
        heading = next(n for n, line in enumerate(lines[1:], 1) if re.match(r"# [{[]", line))
    lines[heading] = f"# {title}"
    for number, line in enumerate(lines):
        if re.match(r"([-*] )?[Ss]tatus:", line):
            lines[number] = re.sub(r":.*", f": {status}", line)
        if re.match(r"([-*] )?[Dd]ate:", line):
            lines[number] = re.sub(r":.*", ": 2024-05-06", line)
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", TEMPLATES)
def test_records_from_a_shipped_template_go_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialect: str
) -> None:
    package, version, place = TEMPLATES[dialect]
    template = (npm_package(package, version) / place).read_text()
    stems = (
        ("20240506-old", "20240506-new") if dialect == "log4brains" else ("0001-old", "0002-new")
    )
    link = f"superseded by [{stems[1]}]({stems[1]}.md)"
    has_status = "tatus:" in template
    files = {
        f"docs/decisions/{stems[0]}.md": filled(template, "Old", link),
        f"docs/decisions/{stems[1]}.md": filled(template, "New 16", "accepted"),
    }
    repo = repo_with(tmp_path / "repo", files)
    monkeypatch.chdir(repo)
    missing = "" if has_status else "accepted"
    outcome, told = ledger_adoption.take_over(
        "docs/decisions", dry_run=False, format_name="text", missing=missing
    )
    assert outcome.exit_code == 0, told
    outcome, told = ledger_adoption.adopt("text")
    assert outcome.exit_code == 0, told
    listed = json.loads(ledger_reading.listed((), verify=False, as_json=True))["records"]
    first = "superseded" if has_status else "accepted"
    assert {one["id"]: one["status"] for one in listed} == {stems[0]: first, stems[1]: "accepted"}
    assert {one["title"] for one in listed} == {"Old", "New 16"}
    git(repo, "add", "-A")
    outcome, told = ledger_judging.check(None, None, "text")
    assert outcome.exit_code == 0, told
    commit(repo, {})
    outcome, told = ledger_judging.check(None, None, "text")
    assert (outcome.exit_code, told.splitlines()[-1]) == (0, "adr: nothing found")
    assert ledger_judging.audit("HEAD", "text")[0].exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "version", "place"),
    [
        ("madr", "2.1.2", "template/0000-use-markdown-architectural-decision-records.md"),
        ("madr", "4.0.0", "template/0000-use-markdown-architectural-decision-records.md"),
        ("@log4brains/init", "1.1.0", "assets/use-markdown-architectural-decision-records.md"),
    ],
)
def test_the_records_that_tools_ship_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, version: str, place: str
) -> None:
    text = (npm_package(package, version) / place).read_text().replace("{DATE}", "2024-05-06")
    name = Path(place).name
    repo = repo_with(tmp_path / "repo", {f"docs/adr/{name}": text})
    monkeypatch.chdir(repo)
    outcome, told = ledger_adoption.take_over(
        "docs/adr", dry_run=False, format_name="text", missing="accepted"
    )
    assert outcome.exit_code == 0, told
    record = json.loads(ledger_reading.shown(name.removesuffix(".md"), as_json=True))
    assert record["status"] == "accepted"
    assert "MADR" in record["card"] or "Markdown" in record["title"]
