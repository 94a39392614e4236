"""Systems compiled to workflows: least privilege, pinned, the same text every time, no drift."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from fakes.night import FILES, NIGHT
from manifests.reading import library_of
from manifests.test_verbs import outcome

from hexci.adapters.workflows.writing import write_workflow
from hexci.domain.law.caps import CapLayer, parse_cap
from hexci.domain.workflow import Job, Pin, Workflow
from hexci.errors import BadInputError
from hexci.usecases.plan_workflow import plan_workflow

FILE = ".hexci/night.yaml"
WORKFLOW = ".github/workflows/hexci-night-watch.yml"
PIN = Pin("octo/hexci", "c" * 40, "v1.2")
USES = "octo/hexci@" + "c" * 40


def planned(
    text: str = NIGHT, config: CapLayer | None = None, *, files: Mapping[str, str] | None = None
) -> Workflow:
    library = library_of({**FILES, FILE: text, **(files or {})}, FILE)
    assert [fault.message for fault in library.faults] == []
    return plan_workflow(library.shelf.systems(FILE)[0], library.shelf, config)


def written(text: str = NIGHT) -> dict[Any, Any]:
    document = yaml.safe_load(write_workflow(planned(text), PIN, {}))
    assert isinstance(document, dict)
    return document


def granting(caps: str) -> dict[str, str]:
    """The report's pipeline with other capabilities."""
    report = FILES[".hexci/report.yaml"].replace('[spawn, "secret:DEPLOY_KEY"]', caps)
    return {".hexci/report.yaml": report}


def layer(*allow: str, deny: tuple[str, ...] = ()) -> CapLayer:
    return CapLayer("x", tuple(map(parse_cap, allow)) or None, tuple(map(parse_cap, deny)))


def report_of(workflow: Workflow) -> Job:
    return workflow.job("report")


@pytest.mark.parametrize(
    ("caps", "permissions"),
    [
        ("[spawn, llm]", {"contents": "read"}),
        ("[spawn, git.commit]", {"contents": "write"}),
        ("[spawn, comment]", {"contents": "read", "issues": "write", "pull-requests": "write"}),
        ("[spawn, pr.open]", {"contents": "read", "pull-requests": "write"}),
        ("{allow: [spawn, git.push], deny: [git.push]}", {"contents": "write"}),
    ],
)
def test_a_jobs_permissions_follow_from_its_capabilities(
    caps: str, permissions: dict[str, str]
) -> None:
    workflow = planned(files=granting(caps))
    assert dict(report_of(workflow).permissions) == permissions
    others = [dict(job.permissions) for job in workflow.jobs if job.name != "report"]
    assert others == [{"contents": "read"}] * 2


@pytest.mark.parametrize(
    ("config", "system"),
    [
        (layer("spawn"), ""),
        (layer(deny=("git.push", "secret:DEPLOY_KEY")), ""),
        (None, "  caps: [spawn]\n"),
        (None, "  caps: {deny: [git.push, 'secret:DEPLOY_KEY']}\n"),
    ],
)
def test_what_any_layer_above_withholds_reaches_no_job(
    config: CapLayer | None, system: str
) -> None:
    more = granting('[spawn, git.push, "secret:DEPLOY_KEY"]')
    assert report_of(planned(files=more)).secrets == ("DEPLOY_KEY",)
    job = report_of(planned(NIGHT.replace("  pipes:", f"{system}  pipes:"), config, files=more))
    assert (dict(job.permissions), job.secrets) == ({"contents": "read"}, ())


def test_a_secret_is_in_the_environment_of_one_step_of_the_job_that_holds_it() -> None:
    jobs = written()["jobs"]
    holders = [(name, step.get("id")) for name, job in jobs.items() for step in job["steps"]
               if "secrets." in str(step)]  # fmt: skip
    assert holders == [("report", "process")]
    assert "secrets" not in str([{k: v for k, v in job.items() if k != "steps"}
                                 for job in jobs.values()])  # fmt: skip


@pytest.mark.parametrize("name", ["x}}-${{ github.token", "GITHUB_TOKEN", "lower"])
def test_no_name_of_a_secret_becomes_an_expression(name: str) -> None:
    caps = f'[spawn, "secret:{name.replace(" ", "")}"]'
    with pytest.raises(BadInputError, match="no job can be given the secret"):
        planned(files=granting(caps))


def test_the_workflow_keeps_the_laws_of_workflows() -> None:
    document = written()
    assert document["permissions"] == {}
    assert document[True] == {"schedule": [{"cron": "17 3 * * *"}], "workflow_dispatch": None}
    for job in document["jobs"].values():
        assert job["timeout-minutes"] == 12
        assert job["concurrency"]["cancel-in-progress"] is False
        assert job["steps"][0]["with"]["persist-credentials"] is False
        for step in job["steps"]:
            assert "run" not in step
            assert len(step["uses"].partition("@")[2]) == 40
    assert document["jobs"]["report"]["needs"] == ["count-files", "look-at"]
    assert document["jobs"]["look-at"]["strategy"]["matrix"] == {"item": [0, 1]}


def test_what_an_item_says_never_stands_in_the_workflow() -> None:
    text = NIGHT.replace("[a, b]", "[a, '${{ secrets.X }}']")
    assert "secrets.X" not in write_workflow(planned(text), PIN, {})


def test_events_become_filters_and_their_jobs_do_not_cancel_each_other() -> None:
    on = "{type: event, on: [issues.labeled, issues.opened, push, repository_dispatch.hexci.x]}"
    document = written(NIGHT.replace('{type: schedule, cron: "17 3 * * *"}', on))
    assert document[True] == {
        "issues": {"types": ["labeled", "opened"]}, "push": None,
        "repository_dispatch": {"types": ["hexci.x"]}, "workflow_dispatch": None,
    }  # fmt: skip
    group = document["jobs"]["report"]["concurrency"]["group"]
    assert "github.event.issue.number || github.ref" in group


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in FILES.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_workflow_is_written_once_and_the_same_from_then_on(repo: Path) -> None:
    assert "names no hexci" in str(outcome("system", "compile")[0])
    assert "is no commit of an action" in str(
        outcome("system", "compile", "--uses", "octo/hexci@v1")[0]
    )
    assert outcome("system", "compile", "--uses", USES) == (0, f"{WORKFLOW}: written\n")
    assert outcome("system", "compile") == (0, f"{WORKFLOW}: as it was\n")
    assert outcome("system", "compile", "--check")[0] == 0
    assert outcome("validate", "--workflows")[0] == 0


def test_a_bot_that_moves_a_pin_does_not_make_a_workflow_drift(repo: Path) -> None:
    outcome("system", "compile", "--uses", USES)
    text = (repo / WORKFLOW).read_text()
    checkout = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2"
    moved = text.replace(checkout, f"actions/checkout@{'d' * 40} # v5.0.0")
    (repo / WORKFLOW).write_text(moved.replace("octo/hexci@" + "c" * 40, "octo/hexci@" + "e" * 40))
    assert outcome("system", "compile", "--check")[0] == 0
    (repo / WORKFLOW).write_text(text.replace(checkout, "actions/checkout@v5"))
    assert outcome("system", "compile", "--check")[0] == 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (WORKFLOW, "timeout-minutes: 12", "timeout-minutes: 300"),
        (".hexci/deep/down/count.yaml", "caps: [spawn]", "caps: [spawn, git.commit]"),
        (".hexci/report.yaml", "timeout: 120", "timeout: 600"),
        (FILE, "17 3", "18 3"),
    ],
)
def test_whatever_changed_drift_is_told(repo: Path, name: str, old: str, new: str) -> None:
    outcome("system", "compile", "--uses", USES)
    (repo / name).write_text((repo / name).read_text().replace(old, new))
    code, said = outcome("validate", "--workflows")
    assert code == 1
    assert f"{WORKFLOW}:1:1: MAN015 fresh-workflow: it is not what {FILE} says" in said
    assert outcome("validate")[0] == 0


def test_a_schedule_without_its_workflow_and_a_workflow_without_its_system_are_told(
    repo: Path,
) -> None:
    assert "starts nothing: its workflow is not there" in outcome("system", "compile", "--check")[1]
    outcome("system", "compile", "--uses", USES)
    (repo / FILE).write_text(NIGHT.replace("night-watch", "day-watch"))
    code, said = outcome("validate", "--workflows")
    assert code == 1
    assert f"{WORKFLOW}:1:1: MAN015 fresh-workflow: {FILE} has no such system any more" in said
    assert "Remove it: git rm " + WORKFLOW in said
    (repo / ".hexci" / "other.yaml").write_text(NIGHT.replace("night-watch", "other"))
    assert "no such system" not in outcome("system", "compile", "--check", ".hexci/other.yaml")[1]


def test_a_file_of_somebody_else_is_not_overwritten(repo: Path) -> None:
    (repo / WORKFLOW).parent.mkdir(parents=True)
    (repo / WORKFLOW).write_text("name: mine\n")
    assert "was not written by hexci" in str(outcome("system", "compile", "--uses", USES)[0])
    assert (repo / WORKFLOW).read_text() == "name: mine\n"


@pytest.mark.slow
@pytest.mark.parametrize("start", ["schedule", "event"])
def test_the_linters_of_workflows_find_nothing(repo: Path, start: str) -> None:
    if start == "event":
        on = "{type: event, on: [push, issues.labeled, pull_request]}"
        (repo / FILE).write_text(NIGHT.replace('{type: schedule, cron: "17 3 * * *"}', on))
    outcome("system", "compile", "--uses", USES)
    binaries = Path(sys.executable).parent
    for argv in (
        ("zizmor", "-q", "--offline", "."),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW),
        ("actionlint", WORKFLOW),
    ):
        if not (binaries / argv[0]).exists():
            pytest.skip(f"{argv[0]} is not installed")
        done = subprocess.run([str(binaries / argv[0]), *argv[1:]], cwd=repo, check=False,
                              capture_output=True, text=True, timeout=120)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    assert outcome("doctor", "--format", "github", WORKFLOW)[0] == 0
