from click.testing import CliRunner

from hexci.cli.main import cli
from hexci.domain.boundaries.rule_table import RULES


def explained(topic: str) -> str:
    return CliRunner().invoke(cli, ["explain", topic]).output


def test_every_rule_of_analyze_has_a_page() -> None:
    for rule in RULES:
        said = explained(rule.id)
        assert said.startswith(f"# {rule.id} {rule.type}\n\n{rule.title}")
        assert rule.fix in said
        assert "Example" not in said


def test_a_rule_that_is_none_is_told_as_such() -> None:
    said = CliRunner().invoke(cli, ["explain", "HX999"])
    assert "there is nothing about 'HX999'" in str(said.exception)
