"""The house's own law: layers, start-up, style, types; each tool as a contributor would run it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = sorted(str(path) for path in (ROOT / ".github/workflows").glob("*.yml"))


def run(*argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "argv",
    [
        ("lint-imports", "--no-cache"),
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("zizmor", "--offline", "."),
        ("actionlint",),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS),
        ("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"),
    ],
    ids=lambda argv: " ".join(argv[:3]),
)
def test_the_house_is_in_order(argv: tuple[str, ...]) -> None:
    done = run(str(BIN / argv[0]), *argv[1:])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("verb", [("analyze",), ("adr", "audit"), ("doctor",)], ids=" ".join)
def test_hexci_passes_its_own_checks(verb: tuple[str, ...]) -> None:
    done = run(sys.executable, "-m", "hexci", *verb)
    assert done.returncode == 0, done.stdout + done.stderr


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import sys; sys.argv = ['hexci', *sys.argv[1:]]\n"
        "from hexci.cli.main import cli\n"
        "try:\n    cli.main(standalone_mode=False)\n"
        "except BaseException:\n    pass\n"
        "print('\\nMODULES', *sorted(sys.modules))"
    )
    done = run(sys.executable, "-c", code, *arguments)
    return set(done.stdout.rpartition("MODULES ")[2].split())


HEAVY = {"openai", "anthropic", "github", "git", "tree_sitter", "pydantic", "rich", "yaml", "httpx"}


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("do", "--help"), ("ps", "--help")]
)
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert modules_after(*arguments) & HEAVY == set()


@pytest.mark.parametrize(
    "arguments",
    [("validate",), ("validate", "--workflows"), ("lint",), ("explain", "caps"), ("schema",)],
    ids=" ".join,
)
def test_judging_manifests_loads_no_git_forge_model_or_parser(arguments: tuple[str, ...]) -> None:
    loaded = modules_after(*arguments)
    assert "hexci.compose" in loaded
    assert loaded & (HEAVY - {"pydantic", "yaml"}) == set()


def test_version_starts_without_any_verb() -> None:
    loaded = modules_after("--version")
    assert {name for name in loaded if name.startswith("hexci.")} <= {
        "hexci.cli", "hexci.cli.main", "hexci.cli.failing", "hexci.domain",
        "hexci.domain.late", "hexci.domain.outcome", "hexci.errors",
    }  # fmt: skip


def test_the_readme_is_short_and_names_only_verbs_that_exist() -> None:
    from hexci.cli.main import VERBS

    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) <= 120
    named = set(re.findall(r"`hexci ([a-z]+)", text))
    assert named <= set(VERBS)


def test_every_verb_can_be_asked_for_help() -> None:
    from click.testing import CliRunner

    from hexci.cli.main import VERBS, cli

    for verb in VERBS:
        result = CliRunner().invoke(cli, [verb, "--help"])
        assert (verb, result.exit_code) == (verb, 0)
