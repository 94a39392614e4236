import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.command_line import EVIDENCE, FIX, buggy_repo, environment, hexci, hexci_argv
from fakes.repositories import fingerprint, git
from fakes.survivors import survivors

from hexci.domain.verdict import Step

pytestmark = pytest.mark.slow


def committed(repo: Path) -> dict[str, str]:
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE, "--candidate", FIX, "--json")
    assert said.document["outcome"] == "committed", said.err
    return said.document


def test_a_run_is_listed_shown_and_verified(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    done = committed(repo)
    listed = hexci(repo, "ps", "--json").document["runs"]
    assert [(line["run"], line["outcome"], line["trouble"]) for line in listed] == [
        (done["run"], "committed", [])
    ]
    shown = hexci(repo, "show", "last", "--json").document
    assert (shown["commit"], shown["trouble"]) == (done["commit"], [])
    assert hexci(repo, "show", done["run"], "--log", "patch.diff").out == done["patch"]
    verified = hexci(repo, "verify", done["branch"], "--json")
    assert (verified.exit_code, verified.document["reproduced"]) == (0, True)


def test_evidence_survives_a_squash_because_it_is_keyed_on_the_tree(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    done = committed(repo)
    git(repo, "merge", "-q", "--squash", done["branch"])
    git(repo, "commit", "-qm", "squashed")
    assert hexci(repo, "verify", "HEAD").exit_code == 0


def test_a_commit_without_evidence_cannot_be_verified(tmp_path: Path) -> None:
    said = hexci(buggy_repo(tmp_path / "r"), "verify", "HEAD")
    assert said.exit_code == 2
    assert "git fetch origin" in said.err


def test_a_forged_note_is_not_believed(tmp_path: Path) -> None:
    """T20: a note that somebody else wrote."""
    repo = buggy_repo(tmp_path / "r")
    done = committed(repo)
    ref = "--ref=hexci/evidence"
    note = git(repo, "notes", ref, "show", done["tree"])
    git(repo, "notes", ref, "add", "-f", "-m", note.replace("PASSED", "FAILED"), done["tree"])
    assert hexci(repo, "verify", done["branch"], "--json").document["outcome"] == "tampered"


def test_a_commit_whose_evidence_fails_now_is_not_reproduced(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    done = committed(repo)
    note = git(repo, "notes", "--ref=hexci/evidence", "show", done["tree"])
    git(repo, "checkout", "-q", done["branch"])
    (repo / "calc.py").write_text("def add(a, b):\n    return 0\n")
    git(repo, "commit", "-qam", "break it")
    tree = git(repo, "rev-parse", "HEAD^{tree}")
    claim = note.replace(done["tree"], tree)
    git(repo, "notes", "--ref=hexci/evidence", "add", "-m", claim, tree)
    said = hexci(repo, "verify", "HEAD", "--json")
    assert (said.exit_code, said.document["outcome"]) == (1, "evidence_failed")


def test_gc_removes_old_records_and_keeps_the_proof(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    done = committed(repo)
    assert hexci(repo, "gc", "--json").document["removed"] == []
    time.sleep(1.1)  # ids have a resolution of one second
    assert hexci(repo, "gc", "--older-than", "0", "--json").document["removed"] == [done["run"]]
    assert git(repo, "for-each-ref", "refs/hexci") == ""
    assert hexci(repo, "verify", done["branch"]).exit_code == 0


def started(repo: Path, **more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        hexci_argv("do", "x", "--evidence", EVIDENCE, "--candidate", FIX),
        cwd=repo,
        env=environment(**more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.rstrip().endswith(word) or (word.endswith(":") and word in line):
            return
    pytest.fail(f"{word!r} was never said")


STAGES = ["plan:", "gate: red:", "work:", *(f"gate: {step}" for step in Step), "emit:"]


def state_without_landing(repo: Path) -> dict[str, str]:
    state = fingerprint(repo)
    refs = [line for line in state["git:refs"].splitlines() if "hex/auto" not in line]
    return {**state, "git:refs": "\n".join(refs)}


@pytest.mark.parametrize("stage", STAGES)
def test_kill_9_at_each_stage_loses_nothing_and_is_swept(tmp_path: Path, stage: str) -> None:
    repo = buggy_repo(tmp_path / "r")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = fingerprint(repo)
    process = started(repo, TMPDIR=str(scratch))
    wait_for(process, stage)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert survivors(str(scratch)) == []
    assert process.stderr is not None
    process.stderr.close()
    listed = hexci(repo, "ps", "--json").document["runs"]
    ends = {line["outcome"] for line in listed}
    # at `emit` the kill may come after the one transaction: then the run is whole
    assert ends <= ({"lost", "committed"} if stage == "emit:" else {"lost"})
    assert all(line["trouble"] == [] for line in listed)
    after = fingerprint(repo)
    landed = [line for line in after["git:refs"].splitlines() if "hex/auto" in line]
    assert bool(landed) == ("committed" in ends)
    assert state_without_landing(repo) == before
    assert git(repo, "fsck", "--connectivity-only") == ""


@pytest.fixture
def heeded_interrupts() -> Iterator[None]:
    """Children of a shell's background job inherit SIGINT ignored; these are to heed it."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.usefixtures("heeded_interrupts")
@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_its_record_and_leaves_nothing(
    tmp_path: Path, signal_number: int
) -> None:
    repo = buggy_repo(tmp_path / "r")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = fingerprint(repo)
    process = subprocess.Popen(
        hexci_argv("do", "x", "--evidence", "bash -c 'sleep 60'", "--candidate", FIX),
        cwd=repo,
        env=environment(TMPDIR=str(scratch)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(process, "gate: red:")
    time.sleep(0.3)
    process.send_signal(signal_number)
    assert process.wait(timeout=20) == 128 + signal_number
    assert process.stderr is not None
    process.stderr.close()
    assert [line["outcome"] for line in hexci(repo, "ps", "--json").document["runs"]] == [
        "infra_error"
    ]
    assert fingerprint(repo) == before
    assert list(scratch.iterdir()) == []


def test_two_runs_at_once_both_land(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    processes = [started(repo) for _ in range(3)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0, 0]
    branches = git(repo, "for-each-ref", "--format=%(objectname)", "refs/heads/hex").split()
    assert len(branches) == 3
    assert [line["outcome"] for line in hexci(repo, "ps", "--json").document["runs"]] == [
        "committed"
    ] * 3
    tree = git(repo, "rev-parse", f"{branches[0]}^{{tree}}")
    note = git(repo, "notes", "--ref=hexci/evidence", "show", tree)
    assert len(note.splitlines()) == 3


def on_small_disk(script: str) -> "subprocess.CompletedProcess[str]":
    """Runs a script in a mount namespace of its own, where it may mount a small disk."""
    return subprocess.run(
        ["unshare", "-Urm", "bash", "-euc", script],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def small_disks_work() -> bool:
    try:
        return on_small_disk("mount -t tmpfs none /mnt").returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(
    not small_disks_work(), reason="no mount namespaces: a small disk cannot be had"
)
@pytest.mark.parametrize("full", ["the temporary folder", "the repository"])
def test_a_full_disk_is_an_infra_error_and_loses_nothing(tmp_path: Path, full: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    origin = buggy_repo(tmp_path / "origin")
    repo = disk / "r" if full == "the repository" else tmp_path / "r"
    scratch = tmp_path / "tmp" if full == "the repository" else disk / "tmp"
    # Python looks for another temporary folder when this one is full to the last byte
    ballast = "100m" if full == "the repository" else "4060k"
    call = " ".join(hexci_argv("do", "x", "--evidence", f"'{EVIDENCE}'", "--candidate", "cmd:true"))
    script = f"""
    mount -t tmpfs -o size=4m none {disk}
    mkdir -p {scratch}
    git clone -q {origin} {repo}
    git -C {repo} for-each-ref > {tmp_path}/before
    head -c {ballast} /dev/zero > {disk}/ballast 2>/dev/null || true
    cd {repo}
    set +e; TMPDIR={scratch} {call} &> {tmp_path}/said; echo $? > {tmp_path}/rc; set -e
    rm {disk}/ballast
    git for-each-ref refs/heads refs/remotes > {tmp_path}/after
    git status --porcelain > {tmp_path}/status
    git fsck --connectivity-only
    """
    done = on_small_disk(script)
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "said").read_text()
    assert (tmp_path / "rc").read_text().strip() == "7", said
    assert "No space left" in said
    assert (tmp_path / "after").read_text() == (tmp_path / "before").read_text()
    assert (tmp_path / "status").read_text() == ""


def test_abandoned_folders_of_killed_runs_are_removed_by_the_next(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    left = scratch / "hexci-999999999-x"
    left.mkdir(parents=True)
    mine = scratch / f"hexci-{os.getpid()}-alive"
    mine.mkdir()
    hexci(buggy_repo(tmp_path / "r"), "ps", TMPDIR=str(scratch))
    assert sorted(place.name for place in scratch.iterdir()) == [mine.name]
