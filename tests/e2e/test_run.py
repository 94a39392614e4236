"""`hexci run` on real repositories, as separate processes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fakes.command_line import EVIDENCE, FIX, buggy_repo, hexci
from fakes.repositories import commit, fingerprint, git, repo_with

pytestmark = pytest.mark.slow

DO = (Path(__file__).parents[2] / "manifests" / "do.yaml").read_text()
CANDIDATES = "candidates=" + json.dumps([FIX])
FLOW = """\
kind: Pipeline
metadata: {name: flow}
spec:
  caps: [spawn, state]
  nodes:
    a: {run: {argv: [cat, a.txt]}}
    ask: {wait: {reason: really?}, needs: [a]}
    b: {run: {argv: [echo, "${a.output}${ask.by}"]}, needs: [ask]}
  outputs: {said: "${b.output}"}
"""


def kept_but_auto(state: dict[str, str]) -> dict[str, str]:
    refs = [line for line in state["git:refs"].splitlines() if "hex/auto" not in line]
    return {**state, "git:refs": "\n".join(refs)}


def test_the_shipped_pipeline_does_what_do_does(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    commit(repo, {"manifests/do.yaml": DO})
    before = fingerprint(repo)
    direct = hexci(repo, "do", "add adds", "--evidence", EVIDENCE, "--candidate", FIX, "--json")
    said = hexci(repo, "run", "manifests/do.yaml", "task=add adds", f"evidence={EVIDENCE}",
                 CANDIDATES, "--json")  # fmt: skip
    outputs = said.document["outputs"]
    assert (said.exit_code, outputs["outcome"]) == (direct.exit_code, direct.document["outcome"])
    assert git(repo, "rev-parse", f"{outputs['commit']}^{{tree}}") == direct.document["tree"]
    assert git(repo, "rev-parse", outputs["branch"]) == outputs["commit"]
    assert kept_but_auto(fingerprint(repo)) == before


def test_a_pipeline_that_may_not_commit_does_not(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    commit(repo, {"manifests/do.yaml": DO.replace("git.commit, ", "")})
    asked = ("task=x", f"evidence={EVIDENCE}", CANDIDATES)
    said = hexci(repo, "run", "manifests/do.yaml", *asked, "--json")
    assert (said.exit_code, said.document["outcome"]) == (3, "denied")
    assert git(repo, "branch", "--list", "hex/auto/*") == ""
    assert "cap.denied" in hexci(repo, "show", said.document["run"]).out


def test_what_a_pipeline_may_write_the_gate_enforces(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    commit(repo, {"manifests/do.yaml": DO.replace("fs.write,", "'fs.write:docs/**',")})
    asked = ("task=x", f"evidence={EVIDENCE}", CANDIDATES)
    said = hexci(repo, "run", "manifests/do.yaml", *asked, "--json")
    assert (said.exit_code, said.document["outcome"]) == (3, "denied")
    assert "calc.py" in said.document["reason"]
    assert git(repo, "branch", "--list", "hex/auto/*") == ""


def test_the_repositorys_config_is_above_every_pipeline(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {
        "m.yaml": FLOW, "a.txt": "x", ".hexci/config.yaml": "kind: Config\nspec: {caps: [state]}\n",
    })  # fmt: skip
    # what the work tree says grants nothing: a change that is not committed, or a pull request's
    (repo / ".hexci" / "config.yaml").write_text("kind: Config\nspec: {caps: [spawn, state]}\n")
    said = hexci(repo, "run", "m.yaml", "--json")
    assert (said.exit_code, said.document["outcome"]) == (3, "denied")
    assert ".hexci/config.yaml allows (state)" in said.document["reason"]


def test_a_manifest_is_read_from_the_commit(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"m.yaml": FLOW, "a.txt": "x"})
    (repo / "m.yaml").write_text(FLOW.replace("a.txt", "/etc/hostname"))
    said = hexci(repo, "run", "m.yaml", "--json")
    assert said.document["nodes"]["a"]["outputs"]["output"] == "x"
    assert said.document["notes"] == ["m.yaml differs from the commit; the commit's is used"]
    (repo / "new.yaml").write_text(FLOW)
    assert "commit it first" in hexci(repo, "run", "new.yaml").err


def test_a_run_that_waits_goes_on_in_another_process(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"m.yaml": FLOW, "a.txt": "x"})
    before = fingerprint(repo)
    said = hexci(repo, "run", "m.yaml", "--json")
    run = said.document["run"]
    assert (said.exit_code, said.document["outcome"]) == (0, "suspended")
    assert hexci(repo, "run", "--resume", run, "--fail-on-suspend").exit_code == 1
    assert "nothing waits there" in hexci(repo, "run", "--resume", run, "--approve", "zz").err
    went_on = hexci(repo, "run", "--resume", run, "--approve", "ask", "--json")
    assert (went_on.exit_code, went_on.document["outcome"]) == (0, "ok")
    assert went_on.document["outputs"]["said"].startswith("x")
    assert "has ended: ok" in hexci(repo, "run", "--resume", run).err
    subjects = git(repo, "log", "--format=%s", f"refs/hexci/runs/{run}").splitlines()
    assert [s for s in subjects if s.startswith("a ")] == [subjects[-2]]  # it ran once
    assert fingerprint(repo) == before


def test_a_wait_that_is_refused_ends_the_run(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"m.yaml": FLOW, "a.txt": "x"})
    run = hexci(repo, "run", "m.yaml", "--json").document["run"]
    said = hexci(repo, "run", "--resume", run, "--reject", "ask", "--json")
    assert (said.exit_code, said.document["outcome"]) == (3, "denied")


def test_two_runners_resume_one_run_and_one_wins(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"m.yaml": FLOW.replace("cat, a.txt", "sleep, '1'"), "a": ""})
    run = hexci(repo, "run", "m.yaml", "--json").document["run"]
    argv = [sys.executable, "-m", "hexci", "run", "--resume", run]
    both = [subprocess.Popen(argv, cwd=repo, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(2)]  # fmt: skip
    said = [runner.communicate(timeout=120) for runner in both]
    assert [runner.returncode for runner in both] == [0, 0]
    resumed = git(repo, "log", "--format=%s", f"refs/hexci/runs/{run}").count("resumed 2")
    assert resumed == 1
    assert sum(b"not resumed" in err or b"suspended" in out for out, err in said) == 2


def test_a_killed_run_is_lost_and_can_be_resumed_once(tmp_path: Path) -> None:
    flow = FLOW.replace("    ask: {wait: {reason: really?}, needs: [a]}",
                        "    ask: {run: {argv: [sleep, '60']}, needs: [a]}").replace(
                        "${ask.by}", "!")  # fmt: skip
    repo = repo_with(tmp_path / "r", {"m.yaml": flow, "a.txt": "x"})
    process = subprocess.Popen([sys.executable, "-m", "hexci", "run", "m.yaml"], cwd=repo,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    refs = ("for-each-ref", "--format=%(contents:subject) %(refname)", "refs/hexci/runs")
    until = time.monotonic() + 60
    while not git(repo, *refs).startswith("a ok"):
        assert time.monotonic() < until
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    run = git(repo, *refs).rpartition("/")[2]
    assert "lost" in hexci(repo, "ps").out
    record = hexci(repo, "show", run, "--json").document
    assert [e["type"] for e in record["events"]].count("run.ended") == 1
    assert record["trouble"] == []
    again = subprocess.Popen([sys.executable, "-m", "hexci", "run", "--resume", run], cwd=repo,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    while not git(repo, *refs).startswith("resumed 2"):
        assert time.monotonic() < until
        time.sleep(0.1)
    said = hexci(repo, "run", "--resume", run)
    assert (said.exit_code, "is under way elsewhere" in said.err) == (0, True)
    again.send_signal(signal.SIGTERM)
    assert again.wait(30) == 128 + signal.SIGTERM
    events = hexci(repo, "show", run, "--json").document["events"]
    assert [e["type"] for e in events].count("run.started") == 2
    assert [e["type"] for e in events].count("run.ended") == 2
    told = [e["data"].get("status") for e in events if e["span"] == "ask"]
    assert told == [None, "cancelled"]  # what was killed had no time to tell of its start
