"""The pages about rules and hooks say what is there."""

import re
from pathlib import Path

import yaml

from hexci.domain.workflows.rules.table import RULES

ROOT = Path(__file__).parents[2]


def test_the_page_lists_every_rule_as_it_is() -> None:
    rows = re.findall(r"^\| (WF\d+) \| `(\S+)` \| (\w+) \| (.*) \|$", page("doctor"), re.MULTILINE)
    rules = sorted(RULES, key=lambda rule: rule.id)
    assert rows == [(r.id, r.name, str(r.severity), r.title) for r in rules]


def test_the_page_lists_every_hook_at_its_stage() -> None:
    rows = re.findall(r"^\| `(hexci-[\w-]+)` \| ([\w, -]+) \|", page("hooks"), re.MULTILINE)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert sorted(name for name, _ in rows) == sorted(hook["id"] for hook in hooks)
    stages = {hook["id"]: hook["stages"] for hook in hooks}
    assert [(n, s) for n, said in rows for s in said.split(", ") if s not in stages[n]] == []


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text()
