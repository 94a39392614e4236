"""What we ship as YAML: the Action, our workflows, the one that init writes, those in the docs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hexci.domain.workflows.template import workflow_text

ROOT = Path(__file__).parents[2]
OURS = f"hexci/hexci@{'0' * 40} # v1.2.3"
PINNED = re.compile(r"(?:\./\S*|[\w./-]+@[0-9a-f]{40}) # (?:v\d+(?:\.\d+)*|zizmor: .*)|\./\S*")
WRITES = {"write", "write-all"}


def texts() -> dict[str, str]:
    """Every workflow and action by where it stands."""
    found = {path.name: path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml")}
    found |= {"action.yml": (ROOT / "action.yml").read_text(), "hexci init": workflow_text(OURS)}
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for number, block in enumerate(
            re.findall(r"```yaml\n(.*?)```", page.read_text(), re.DOTALL)
        ):
            if "uses:" in block:
                found[f"{page.name} {number}"] = block
    return found


TEXTS = texts()


def steps(text: str) -> Iterator[dict[str, Any]]:
    """Every step of a workflow or an action."""
    document = yaml.safe_load(text)
    if isinstance(document, list):
        yield from document
        return
    for part in [document.get("runs", {}), *document.get("jobs", {}).values()]:
        yield from part.get("steps", ())


def jobs(text: str) -> dict[str, dict[str, Any]]:
    document = yaml.safe_load(text)
    found = document.get("jobs", {}) if isinstance(document, dict) else {}
    assert isinstance(found, dict)
    return found


def test_what_is_shipped_is_found() -> None:
    assert {"action.yml", "hexci.yml", "hexci-two-jobs.yml", "hexci init", "action.md 0"} <= set(
        TEXTS
    )


@pytest.mark.parametrize("name", TEXTS)
def test_t2_no_expression_stands_in_a_script(name: str) -> None:
    """T2: what an event says never becomes a script's text; it goes by the environment."""
    scripts = [step["run"] for step in steps(TEXTS[name]) if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("name", TEXTS)
def test_t14_no_job_that_may_write_has_a_cache(name: str) -> None:
    """T14: what another job cached is not run with a token that writes."""
    assert "actions/cache" not in TEXTS[name]
    for job in jobs(TEXTS[name]).values():
        if WRITES & set(map(str, (job.get("permissions") or {}).values())):
            assert [s for s in job.get("steps", ()) if "cache" in (s.get("with") or {})] == []


@pytest.mark.parametrize("name", TEXTS)
def test_t16_every_action_is_pinned_to_a_commit_and_nothing_is_piped_into_a_shell(
    name: str,
) -> None:
    """T16: a tag can be moved; where the docs say `@SHA`, `hexci init` writes the commit."""
    used = re.findall(r"^\s*(?:- )?uses: (.+)$", TEXTS[name], re.MULTILINE)
    loose = [one for one in used if not PINNED.fullmatch(one.strip())]
    assert [one for one in loose if not one.startswith("hexci/hexci@SHA # ")] == []
    assert re.findall(r"(?:curl|wget)[^\n|]*\|\s*(?:ba)?sh", TEXTS[name]) == []
    assert "@latest" not in TEXTS[name]


@pytest.mark.parametrize("name", TEXTS)
def test_t24_no_comment_can_cancel_a_job_that_writes(name: str) -> None:
    """T24: concurrency above the jobs is entered before any `if`, by anybody's comment."""
    document = yaml.safe_load(TEXTS[name])
    triggers = document.get(True, {}) if isinstance(document, dict) else {}
    if "issue_comment" not in triggers:
        return
    assert "concurrency" not in document
    asked = [job for job in jobs(TEXTS[name]).values() if "/hex" in str(job.get("if", ""))]
    assert asked
    for job in asked:
        assert job["concurrency"]["cancel-in-progress"] is False
        assert "event" in job["concurrency"]["group"]


@pytest.mark.parametrize("name", TEXTS)
def test_t5_no_checkout_leaves_its_token_behind(name: str) -> None:
    """T5: the default of actions/checkout writes it where any later step can read it."""
    used = [s for s in steps(TEXTS[name]) if str(s.get("uses", "")).startswith("actions/checkout")]
    assert [step for step in used if step["with"].get("persist-credentials") is not False] == []
