"""The verbs as a person runs them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from hexci.cli.main import cli

ROOT = Path(__file__).parents[2]
GOOD = (
    "kind: Pipeline\nmetadata: {name: p}\nspec: {caps: [spawn], nodes: {a: {run: {argv: [x]}}}}\n"
)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "p.yaml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outcome(*arguments: str) -> tuple[int, str]:
    from hexci.errors import HexciError

    runner = CliRunner()
    with runner.isolation() as (out, _, _):
        try:
            code = cli.main(list(arguments), standalone_mode=False)
        except HexciError as error:
            code = str(error)
        return code, out.getvalue().decode()


def test_all_manifests_of_the_repository_are_judged(repo: Path) -> None:
    (repo / ".hexci").mkdir()
    (repo / ".hexci" / "config.yaml").write_text("kind: Config\nspec: {evidense: {}}\n")
    code, text = outcome("validate")
    assert code == 1
    assert ".hexci/config.yaml:2:8: MAN003 shape: spec.evidense: unknown key; did you" in text
    assert "files: 2" in text


@pytest.mark.parametrize("format_name", ["json", "sarif"])
def test_machine_formats_are_one_document_at_any_width(
    repo: Path, monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    (repo / "manifests" / "q.yaml").write_text(GOOD.replace("spawn", "s" + "p" * 300))
    code, text = outcome("validate", "--format", format_name)
    assert code == 1
    assert json.loads(text)


def test_annotations_name_the_place(repo: Path) -> None:
    (repo / "manifests" / "q.yaml").write_text("kind: X\n")
    _, text = outcome("validate", "--format", "github")
    assert "::error file=manifests/q.yaml,title=MAN002,line=1,col=1::" in text


def test_a_lint_warning_is_silenced_by_a_reason_and_only_by_one(repo: Path) -> None:
    place = repo / "manifests" / "p.yaml"
    place.write_text(GOOD.replace("spec:", "# hexci: ignore[MAN104] because it is short\nspec:"))
    assert "MAN104" not in outcome("lint")[1]
    place.write_text(GOOD.replace("spec:", "# hexci: ignore[MAN104]\nspec:"))
    assert outcome("lint") == (0, outcome("lint")[1])
    assert "MAN104 (warning)" in outcome("lint")[1]


def test_an_error_cannot_be_silenced(repo: Path) -> None:
    text = "# hexci: ignore[MAN002] because I say so\nkind: X\n"
    (repo / "manifests" / "p.yaml").write_text(text)
    assert outcome("validate")[0] == 1


def test_links_out_of_the_repository_are_not_followed(repo: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    outside.write_text("kind: Macro\nmetadata: {name: m}\nspec: {nodes: {a: {wait: {}}}}\n")
    (repo / "manifests" / "link.yaml").symlink_to(outside)
    text = GOOD.replace("spec:", "include: [link.yaml]\nspec:")
    (repo / "manifests" / "p.yaml").write_text(text)
    code, said = outcome("validate", "manifests/p.yaml")
    assert code == 1
    assert "MAN008 jailed-include: there is no file 'manifests/link.yaml'" in said
    assert "is no regular file" in str(outcome("validate", "manifests/link.yaml")[0])
    assert "is not below" in str(outcome("validate", str(outside))[0])


def test_validation_is_the_same_from_any_folder(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo / "manifests" / "p.yaml").write_text(GOOD.replace("argv", "argw"))
    here = outcome("validate")
    monkeypatch.chdir(repo / "manifests")
    assert outcome("validate") == here == outcome("validate", "p.yaml")


def test_a_repository_without_manifests_is_no_success(repo: Path) -> None:
    shutil.rmtree(repo / "manifests")
    assert "there is no manifest" in str(outcome("validate")[0])


def test_manifests_of_kubernetes_are_left_alone(repo: Path) -> None:
    (repo / "manifests" / "k.yaml").write_text("apiVersion: v1\nkind: Service\n")
    assert outcome("validate")[0] == 0


def test_the_schemas_in_the_repository_are_what_the_models_say() -> None:
    assert outcome("schema", "--check", str(ROOT / "schemas")) == (0, "")


def test_a_schema_that_drifted_is_told(tmp_path: Path) -> None:
    outcome("schema", "--write", str(tmp_path))
    (tmp_path / "Policy.json").write_text("{}\n")
    code, said = outcome("schema", "--check", str(tmp_path))
    assert (code, said) == (1, f"{tmp_path}/Policy.json is not what the models say\n")


def test_the_shipped_manifests_are_without_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, said = outcome("lint")
    assert (code, said.splitlines()[-1]) == (0, "lint: nothing found")


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("MAN006", "Nodes that wait for each other never start"),
        ("acyclic", "Needs form no cycle"),
        ("Pipeline", "spec "),
        ("Pipeline.spec.nodes.any.run", "argv "),
        ("System.spec.pipes", "array"),
        ("caps", "fs.write   propose changes to files (a glob)"),
        ("git.push:refs/heads/x", "In a workflow: contents: write"),
        ("nodes", "gives exit_code (integer)"),
        ("exit-codes", "  4  budget"),
    ],
)
def test_everything_can_be_explained(topic: str, said: str) -> None:
    code, text = outcome("explain", topic)
    assert code == 0
    assert said in text


@pytest.mark.parametrize("topic", ["Pipelin", "Pipeline.spec.nope", "nonsense"])
def test_what_cannot_be_explained_says_what_can(topic: str) -> None:
    assert "there is no" in str(outcome("explain", topic)[0])


def test_every_rule_has_an_example_that_breaks_it() -> None:
    from hexci.domain.manifests.rules import RULES

    pages = {rule.id: outcome("explain", rule.id)[1] for rule in RULES}
    assert all("Breaks the rule" in page for page in pages.values())
    assert len(pages) == len({rule.name for rule in RULES})
