"""`hexci system` on real repositories: here, and as a workflow under act."""

import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from fakes.acted import act, artifact_actions, installed_action
from fakes.command_line import environment, hexci, hexci_argv
from fakes.night import FILES, NIGHT
from fakes.repositories import commit, fingerprint, git, repo_with
from fakes.workflow_jobs import world

pytestmark = pytest.mark.slow

USES = "octo/hexci@" + "c" * 40
SAID = {"report": '4 ["from a\\n","from b\\n"]\n', "size": "20000\n"}


def plainly(document: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in every run."""
    return {
        name: (one["outcome"], one["outputs"], [run["given"] for run in one["runs"]])
        for name, one in document["processes"].items()
    }


def test_values_arrive_whatever_folder_it_is_run_from(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    before = fingerprint(repo)
    said = hexci(repo, "system", "run", ".hexci/night.yaml", "--json")
    assert said.exit_code == 0, said.err
    document = said.document
    assert document["processes"]["report"]["outputs"] == SAID
    below = hexci(repo / "a", "system", "run", "../.hexci/night.yaml", "--json")
    assert plainly(below.document) == plainly(document)
    assert fingerprint(repo) == before
    inner = [run["run"] for one in document["processes"].values() for run in one["runs"]]
    assert len(inner) == len(set(inner)) == 4
    record = hexci(repo, "show", inner[0], "--json").document
    assert (record["parent"], record["root"]) == (document["run"], document["run"])
    outer = hexci(repo, "show", document["run"], "--json").document
    assert (outer["kind"], outer["trouble"]) == ("system", [])
    # what needs nothing of each other has begun before any has ended
    events = [(e["type"], e["span"]) for e in outer["events"] if e["type"].startswith("node.")]
    assert sorted(events[:2]) == [("node.started", "count-files"), ("node.started", "look-at")]
    assert events[-2:] == [("node.started", "report"), ("node.ended", "report")]


def test_what_stands_above_a_pipeline_narrows_it(tmp_path: Path) -> None:
    night = NIGHT.replace("  pipes:", "  caps: {deny: [spawn]}\n  pipes:")
    repo = repo_with(tmp_path / "r", {**FILES, ".hexci/night.yaml": night})
    said = hexci(repo, "system", "run", ".hexci/night.yaml", "--json")
    assert (said.exit_code, said.document["outcome"]) == (3, "denied")
    assert "system night-watch denies spawn" in said.document["reason"]
    run = said.document["processes"]["count-files"]["runs"][0]["run"]
    assert "cap.denied" in hexci(repo, "show", run).out


def test_act_gives_the_same_order_and_values_as_a_run_here(tmp_path: Path) -> None:
    with world(tmp_path, dict(FILES)) as here:
        place = here.checkout()
        local = hexci(place, "system", "run", ".hexci/night.yaml", "--json").document
        assert hexci(place, "system", "compile", "--uses", USES).exit_code == 0
        commit(place, {})
        git(place, "push", "-q", "origin", "main")
        done = act(here, "schedule", here.of_here({"repository": {}, "schedule": "17 3 * * *"}),
                   uses=USES, made=installed_action(tmp_path / "action"),
                   others=artifact_actions(tmp_path / "actions"))  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.partition("| ")[2] for line in done.stdout.splitlines()]
    given = {m[1]: m[2] for line in lines if (m := re.match(r" {6}(\S+) <- (.*)", line))}
    gave = {m[1]: m[2] for line in lines if (m := re.match(r" {6}(\S+) = (.*)", line))}
    [report] = local["processes"]["report"]["runs"]
    assert given["files"] == str(report["given"]["files"]) == "4"
    assert given["verdicts"] == '["from a\\n", "from b\\n"]'
    assert given["long"] == "x" * 400 + "…"
    assert gave["report"] == local["processes"]["report"]["outputs"]["report"].strip()
    assert gave["size"] == "20000"
    ended = [m[1] for line in lines if (m := re.match(r"ok: system night-watch/(.*)", line))]
    assert ended[-1] == "report" == local["order"][-1]
    assert sorted(ended) == sorted(local["order"])


def test_a_killed_system_leaves_no_record_open(tmp_path: Path) -> None:
    slow = FILES[".hexci/deep/look.yaml"].replace("[cat, ", "[sleep, '60', ")
    slow = slow.replace('"${inputs.folder}/x.txt"', "").replace("'60', ]", "'60']")
    repo = repo_with(tmp_path / "r", {**FILES, ".hexci/deep/look.yaml": slow})
    process = subprocess.Popen(hexci_argv("system", "run", ".hexci/night.yaml"), cwd=repo,
                               env=environment(), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    until = time.monotonic() + 60
    while "count-files ok" not in git(repo, "for-each-ref", "--format=%(contents:subject)"):
        assert time.monotonic() < until
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    runs = hexci(repo, "ps", "--json").document["runs"]
    assert sorted(run["outcome"] for run in runs) == ["lost", "lost", "lost", "ok"]
    assert [run["trouble"] for run in runs if run["trouble"]] == []


def test_a_job_obeys_the_law_about_people_and_tells_what_became_of_it(tmp_path: Path) -> None:
    strict = "kind: Config\nspec: {governance: {actions: {run: admin}}}\n"
    part = {"HEXCI_INPUT_SYSTEM": ".hexci/night.yaml", "HEXCI_INPUT_PROCESS": "count-files"}
    with world(tmp_path, {**FILES, ".hexci/config.yaml": strict}) as here:
        tick = here.of_here({"repository": {}, "schedule": "17 3 * * *"})
        done = here.job("schedule", tick, None, GITHUB_ACTIONS="true", **part)
        assert (done.exit_code, done.outputs["outcome"]) == (3, "denied")
        assert "run needs admin" in done.outputs["reason"]
        assert "count-files" in done.summary
        assert (done.outputs["pipes"], done.outputs["handed"]) == ("", "false")
