"""The page of threats tells the truth: what it names is there, and says which threat it shows."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/threats.md").read_text()
SECTIONS = dict(re.findall(r"^## (T\d+): .*\n((?:(?!^## ).*\n)*)", PAGE, re.MULTILINE))
THREATS = [f"T{number}" for number in range(1, 25)]


@cache
def named_in(path: str) -> dict[str, str]:
    """The tests of a file by name, each with its docstring."""
    tree = ast.parse((ROOT / path).read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.get_docstring(node) or "" for node in functions}


def test_every_threat_has_its_section() -> None:
    assert list(SECTIONS) == THREATS


@pytest.mark.parametrize("threat", THREATS)
def test_a_threat_is_shown_by_tests_that_name_it_and_enforced_by_code_that_is_there(
    threat: str,
) -> None:
    shown = re.findall(r"^- `(\S+)::(\S+)`$", SECTIONS[threat], re.MULTILINE)
    assert shown
    for path, name in shown:
        said = f"{name.replace('_', ' ').upper()} {named_in(path)[name]}"
        assert re.search(rf"\b{threat}\b", said), (path, name)
    [line] = re.findall(r"^Enforced in (.*)\.$", SECTIONS[threat], re.MULTILINE)
    for place in re.findall(r"`(\S+)`", line):
        assert (ROOT / place).exists() or (ROOT / "hexci" / place).exists(), place
