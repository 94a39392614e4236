import signal
import subprocess
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, buggy_repo, environment, hexci, hexci_argv
from fakes.repositories import commit, fingerprint, git
from fakes.survivors import survivors

from hexci.domain.verdict import Step

pytestmark = pytest.mark.slow
FIXED = BUGGY["calc.py"].replace("-", "+")


def repo_with_change(folder: Path, files: dict[str, str]) -> Path:
    repo = buggy_repo(folder)
    commit(repo, files, "Change")
    return repo


def test_a_minimised_change_is_a_patch_that_applies_and_is_accepted(tmp_path: Path) -> None:
    wide = f"{FIXED}\n\n\ndef twice(a):\n    return add(a, a)\n"
    repo = repo_with_change(tmp_path / "r", {"calc.py": wide, "notes.md": "Read me.\n"})
    before = fingerprint(repo)
    asked = ("gate", "--base", "HEAD~1", "--evidence", EVIDENCE)
    said = hexci(repo, *asked, "--minimise")
    assert (said.exit_code, fingerprint(repo)) == (0, before), said.err
    git(repo, "checkout", "-q", "--detach", "HEAD~1")
    # the whole text, as a person would pipe it
    git(repo, "apply", stdin=said.out.encode())
    assert (repo / "calc.py").read_text() == FIXED
    assert git(repo, "status", "--porcelain") == "M calc.py"
    (tmp_path / "p").write_bytes(said.out.encode())
    again = hexci(repo, *asked[:2], "HEAD", *asked[3:], "--patch", str(tmp_path / "p"),
                  "--minimise", "--json")  # fmt: skip
    small = again.document["minimised"]
    assert (again.exit_code, small["hunks"], small["complete"]) == (0, 1, True)
    assert small["tree"] == again.document["tree"]


def test_what_the_gate_refuses_is_not_minimised(tmp_path: Path) -> None:
    repo = repo_with_change(tmp_path / "r", {"calc.py": BUGGY["calc.py"] + "x = 1\n"})
    said = hexci(repo, "gate", "--base", "HEAD~1", "--evidence", EVIDENCE, "--minimise", "--json")
    assert (said.exit_code, said.document["minimised"]) == (1, None)


@pytest.mark.parametrize("step", Step)
def test_kill_9_at_each_step_of_the_gate_leaves_nothing(tmp_path: Path, step: Step) -> None:
    repo = repo_with_change(tmp_path / "r", {"calc.py": FIXED})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = fingerprint(repo)
    process = subprocess.Popen(
        hexci_argv("gate", "--base", "HEAD~1", "--evidence", EVIDENCE),
        cwd=repo,
        env=environment(TMPDIR=str(scratch)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    with process.stderr as said:
        assert any(line.rstrip().endswith(f"gate: {step}") for line in said)
        process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert survivors(str(scratch)) == []
    assert fingerprint(repo) == before
    assert git(repo, "fsck", "--connectivity-only", "--unreachable") == ""
    hexci(repo, "ps", TMPDIR=str(scratch))
    assert list(scratch.iterdir()) == []
