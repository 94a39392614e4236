"""The Action on a real remote and a forge that judges every exchange."""

import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.acted import ROOT, WORKFLOW, act
from fakes.command_line import BUGGY, FIX
from fakes.github_server import TOKEN, Fault
from fakes.repositories import commit, fingerprint, git
from fakes.workflow_jobs import DO, EVIDENCE, Done, World, world

from hexci.domain.asking.handover import Handover
from hexci.domain.canonical import digest

pytestmark = pytest.mark.slow


def do_with(spec: str) -> str:
    """The command that has `spec` fix the sum."""
    quoted = spec.replace("\\", "\\\\").replace('"', '\\"')
    return f'/hex do fix the sum --evidence "{EVIDENCE}" --candidate "{quoted}"'


QUICK = do_with(FIX)
# looks for the token where an agent can: its environment, and that of every process it sees
SPY = (
    'cmd:bash -c "env > a.txt; cat /proc/*/environ /proc/*/cmdline | tr -d [:cntrl:] > b.txt;'
    " sed -i s/-/+/ 'calc.py'; echo ::error::pwned\""
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as it:
        yield it


def assert_one_of_everything(here: World) -> None:
    """One branch, draft, comment, record of a commit and note: nothing lost, nothing doubled."""
    [branch] = here.branches
    [pull] = here.github.pulls.values()
    assert pull["head"]["ref"] == branch.removeprefix("refs/heads/")
    [comment] = here.said
    assert f"#{pull['number']}" in comment
    assert "committed" in comment
    run = branch.rpartition("/")[2]
    assert f"refs/hexci/runs/{run}" in here.remote.refs()
    notes = git(here.remote.bare, "notes", "--ref=refs/notes/hexci/evidence", "list")
    assert git(here.remote.bare, "rev-parse", f"{branch}^{{tree}}") in notes


def assert_no_token(here: World, *texts: str) -> None:
    assert not [text for text in texts if TOKEN in text]
    everything = [p for p in here.folder.rglob("*") if p.is_file()]
    assert [p for p in everything if TOKEN.encode() in p.read_bytes()] == []
    # packed objects are compressed: ask git for their contents
    held = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"],
        cwd=here.remote.bare, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert TOKEN.encode() not in held


def test_act_runs_the_action_from_a_command_to_a_draft_pull_request(tmp_path: Path) -> None:
    """T5, T11, T12: the token is in no file, object, comment or line of the log afterwards."""
    files = {**BUGGY, ".github/workflows/hexci.yml": WORKFLOW}
    with world(tmp_path, files) as here:
        done = act(here, "issue_comment", here.comment(do_with(SPY)))
        assert done.returncode == 0, done.stdout + done.stderr
        assert_one_of_everything(here)
        [pull] = here.github.pulls.values()
        assert f"TOLD committed {pull['number']}" in done.stdout
        assert "plan: fix the sum\n" in done.stdout  # plain lines, though act gives a terminal
        assert (pull["base"]["ref"], pull["draft"], pull["title"]) == ("main", True, "fix the sum")
        assert "Closes #12." in pull["body"]
        assert here.github.labels == {pull["number"]: ["hexci"]}
        assert "a + b" in git(here.remote.bare, "show", f"{here.branches[0]}:calc.py")
        assert here.github.reactions == {501: ["eyes", "rocket"]}
        # the spy looked at its environment, and at that of every process it could see
        assert "PATH=" in git(here.remote.bare, "show", f"{here.branches[0]}:b.txt")
        assert_no_token(here, done.stdout, done.stderr, *here.said, pull["body"])


def test_outputs_tell_all_the_checkout_is_left_alone_and_a_spy_finds_no_token(here: World) -> None:
    """T5, T11, T12: an agent looks for the token everywhere it can."""
    place = here.checkout()
    before = fingerprint(place)
    done = here.job("issue_comment", here.comment(do_with(SPY)), place)
    assert done.exit_code == 0, done.log
    assert_one_of_everything(here)
    [branch] = here.branches
    outputs = done.outputs
    assert (
        outputs["handled"], outputs["outcome"], outputs["changed"],
    ) == ("true", "committed", "true")  # fmt: skip
    assert outputs["head-sha"] == here.remote.refs()[branch]
    assert "+    return a + b" in Path(outputs["patch-file"]).read_text()
    assert "```mermaid\nflowchart LR" in done.summary
    declared = set(re.findall(r"outputs\.([a-z-]+) }}", (ROOT / "action.yml").read_text()))
    assert declared - {"pipes", "handed"} == set(outputs)  # those are of systems
    kept = {k: v for k, v in fingerprint(place).items() if k != "git:refs"}
    assert kept == {k: v for k, v in before.items() if k != "git:refs"}
    assert "PATH=" in git(here.remote.bare, "show", f"{branch}:b.txt")  # the spy did look
    assert_no_token(here, done.log, done.summary, *here.said)


def test_three_jobs_at_once_on_one_event_in_bad_weather_make_one_of_everything(here: World) -> None:
    """T19: one event, three runners."""
    here.github.faults += [Fault(502, match="GET"), Fault(503, match="GET"), Fault(cut=True)]
    here.github.faults += [
        Fault(500, late=True, match="POST .*/pulls$"),
        Fault(403, {"retry-after": "1"}, match="POST .*/comments$", message="secondary rate limit"),
        Fault(502, late=True, match="POST .*/comments$"),
    ]
    here.remote.lost_pushes = 1
    payload = here.comment(QUICK)
    started = []
    for _ in range(3):
        place = here.checkout()
        started.append((place, here.start("issue_comment", payload, place)))
    ended = [
        here.done(place, process.wait(timeout=200), process.communicate()[0])
        for place, process in started
    ]
    assert [done.exit_code for done in ended] == [0, 0, 0], [done.log for done in ended]
    assert_one_of_everything(here)


@pytest.mark.parametrize("at", ["emit: hex/auto", "committed"])
def test_a_job_that_is_killed_goes_on_in_its_next_attempt(here: World, at: str) -> None:
    payload, place = here.comment(QUICK), here.checkout()
    process = here.start("issue_comment", payload, place)
    assert process.stdout
    for line in process.stdout:
        if at in line:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    again = here.job("issue_comment", payload, place, GITHUB_RUN_ATTEMPT="2")
    assert again.exit_code == 0, again.log
    assert_one_of_everything(here)


def test_a_forks_patch_is_shown_after_an_approval_and_never_pushed(here: World) -> None:
    """T1, T22: a second person, one commit, no push."""
    clone = here.checkout()
    head = commit(clone, {"new.py": "X = 1\n"})
    git(clone, "push", "-q", "origin", "HEAD:refs/pull/12/head")
    here.github.pull_with(12, head_sha=head, head_ref="main", fork=True, author=66)
    asked = here.job("issue_comment", here.comment(DO, pull=True))
    assert (asked.exit_code, asked.outputs["outcome"]) == (3, "denied")
    assert f"/hex approve {head}" in here.said[0]
    approve = here.comment(f"/hex approve {head}", who="ben", pull=True, number_of=502)
    done = here.job("issue_comment", approve)
    assert (done.exit_code, done.outputs["outcome"]) == (0, "proposed"), done.log
    assert "+    return a + b" in here.said[0]
    assert here.branches == []
    assert [pull["number"] for pull in here.github.pulls.values()] == [12]


BOUNDARIES = """\
kind: Boundaries
spec:
  include: ["*.py"]
  rules:
    - {type: independence, name: apart, modules: [left, right]}
"""


def test_a_forks_pull_request_is_checked_by_the_law_of_its_base(tmp_path: Path) -> None:
    """T1, T21: the change does not bring its own law."""
    files = {"left.py": "", "right.py": "", ".hexci/boundaries.yaml": BOUNDARIES}
    with world(tmp_path, files) as here:
        here.github.scopes.discard("write")  # a fork's job has a token that only reads
        clone = here.checkout()
        loose = BOUNDARIES.replace("[left, right]", "[left]")
        head = commit(clone, {"left.py": "import right\n", ".hexci/boundaries.yaml": loose})
        git(clone, "push", "-q", "origin", "HEAD:refs/pull/12/head")
        payload = here.pull_request(head)
        done = here.job("pull_request", payload)
        assert (done.exit_code, done.outputs["outcome"]) == (1, "findings"), done.log
        assert "::error file=left.py" in done.log
        assert "sarif" in Path(done.outputs["sarif-file"]).read_text()
        assert here.remote.refs("refs/hexci") == {}


def test_an_outage_is_told_and_the_next_attempt_does_it_all(here: World) -> None:
    place = here.checkout()
    here.github.faults.append(Fault(429, {"retry-after": "4000"}, match="POST .*/pulls$"))
    payload = here.comment(QUICK)
    done = here.job("issue_comment", payload, place)
    assert (done.exit_code, done.outputs["outcome"]) == (7, "infra_error")
    assert "rate limited" in done.outputs["reason"]
    again = here.job("issue_comment", payload, place, GITHUB_RUN_ATTEMPT="2")
    assert again.exit_code == 0, again.log
    assert_one_of_everything(here)


READER = "ghs_" + "r0" * 18


def publish(here: World, handed: Path) -> Done:
    """The second job of workflow run 77."""
    return here.job(
        "issue_comment", here.comment(QUICK), GITHUB_RUN_ID="77", HEXCI_INPUT_STAGE="publish",
        HEXCI_INPUT_HANDOVER=str(handed),
    )  # fmt: skip


def test_a_job_that_may_only_read_works_and_another_judges_again_and_publishes(here: World) -> None:
    here.remote.readers.add(READER)
    here.github.readers.add(READER)
    place = here.checkout()
    worked = here.job(
        "issue_comment", here.comment(QUICK), place, GITHUB_RUN_ID="77",
        HEXCI_INPUT_TOKEN=READER, HEXCI_INPUT_STAGE="work",
    )  # fmt: skip
    assert (worked.exit_code, worked.outputs["outcome"]) == (0, "committed"), worked.log
    assert (here.said, here.branches, here.remote.refs("refs/hexci")) == ([], [], {})
    done = publish(here, place.with_suffix(".tmp") / "hexci-handover")
    assert done.exit_code == 0, done.log
    assert_one_of_everything(here)
    [branch] = here.branches
    assert "Assisted-by: cmd:" in git(here.remote.bare, "log", "-1", "--format=%B", branch)
    assert "judged again here" in here.said[0]


GOOD = b"--- a/calc.py\n+++ b/calc.py\n@@ -2 +2 @@\n-    return a - b\n+    return a + b\n"
CHEAT = GOOD + (
    b"--- a/test_calc.py\n+++ b/test_calc.py\n@@ -8 +8 @@\n"
    b"-        self.assertEqual(add(2, 3), 5)\n+        pass\n"
)
LINK = b"diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc\n"


@pytest.mark.parametrize(
    ("patch", "base", "outcomes"),
    [
        (CHEAT, "", {"tampered", "protected_path"}),
        (LINK, "", {"protected_path", "denied", "tampered"}),
        (GOOD, "e" * 40, {"stale_head"}),
    ],
    ids=["cheat", "link", "stale"],
)
def test_a_handover_is_judged_as_if_a_stranger_had_written_it(
    here: World, patch: bytes, base: str, outcomes: set[str]
) -> None:
    """T7, T9, T15: an artifact is data."""
    base = base or here.remote.refs()["refs/heads/main"]
    key = "issue_comment-501-created"
    handed = Handover("octo/app", "77", key, base, "committed", "repair", "s", digest(patch))
    (here.folder / "handed").mkdir()
    (here.folder / "handed/handover.json").write_bytes(handed.document())
    (here.folder / "handed/patch.diff").write_bytes(patch)
    done = publish(here, here.folder / "handed")
    assert done.outputs["outcome"] in outcomes, done.log
    assert (here.branches, here.github.pulls) == ([], {})
