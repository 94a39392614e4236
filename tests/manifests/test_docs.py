"""What docs/manifests.md shows is true."""

import re
import shlex
from pathlib import Path

import pytest
from manifests.reading import program_of, said_of
from manifests.test_verbs import outcome

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "manifests.md").read_text()
SYSTEMS = (ROOT / "docs" / "manifests-systems.md").read_text()
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = [line[2:].partition("  #")[0].strip() for line in (TEXT + SYSTEMS).splitlines()
            if line.startswith("$ hexci ")]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
def test_every_manifest_shown_is_without_fault(block: str) -> None:
    assert said_of(block) == []
    assert program_of(block).waves() == (("list",), ("each",), ("ask",), ("after",))


@pytest.mark.parametrize("line", [c for c in COMMANDS if " run " not in c and " fs " not in c])
def test_every_offline_command_shown_works_here(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert outcome(*shlex.split(line)[1:])[0] == 0


def test_the_system_shown_is_without_fault() -> None:
    [system] = re.findall(r"```yaml\n(.*?)```", SYSTEMS, re.DOTALL)
    head = "kind: Pipeline\nmetadata: {name: p}\nspec:\n  caps: [spawn]\n"
    head += "  nodes: {a: {run: {argv: [x]}}}\n"
    files = {
        "n.yaml": system,
        "scan.yaml": head + "  outputs: {found: '${a.exit_code}'}\n",
        "look.yaml": head + "  inputs: {folder: {}}\n  outputs: {text: '${a.output}'}\n",
        "report.yaml": head + "  inputs: {found: {type: integer}, seen: {type: list}}\n",
    }
    assert said_of(files) == []


def test_the_commands_shown_are_the_verbs_there_are() -> None:
    from hexci.cli.main import VERBS

    assert len(COMMANDS) >= 8
    assert {line.split()[1] for line in COMMANDS} <= set(VERBS)


def test_the_page_names_every_kind() -> None:
    from hexci.adapters.manifests.kinds import MODELS

    assert [kind for kind in MODELS if f"`{kind}`" not in TEXT] == []
