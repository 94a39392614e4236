"""Whether the catalogue's cases are what they claim: nothing here runs the gate."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from gate.catalogue import REFUSALS, Built, Case, Entry, base_of, build, git, head_of, load_cases

ATTACKS = load_cases("attacks")
HONEST = load_cases("honest")
ON_BASE: dict[tuple[str, str], int] = {}
# A limit for what hangs, never what a verdict hangs on: cargo compiles on a busy machine.
PATIENCE = 120


def exit_of(command: str, built: Built, commit: str, scratch: Path) -> int:
    """What the naive rule looks at: the exit code of `command` in a checkout of `commit`."""
    clone = scratch / "clone"
    home = scratch / "home"
    (home / "tmp").mkdir(parents=True)
    git("clone", "--quiet", "--no-local", "--no-checkout", str(built.repo), str(clone), cwd=scratch)
    git("checkout", "--quiet", "--detach", commit, cwd=clone)
    process = subprocess.Popen(
        ("bash", "--noprofile", "--norc", "-c", command),
        cwd=clone,
        env=scrubbed(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(PATIENCE)
    finally:
        end_group(process.pid)
        process.wait(PATIENCE)


def scrubbed(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("RUSTUP_HOME", "CARGO_HOME") if name in os.environ}
    kept.setdefault("RUSTUP_HOME", str(Path.home() / ".rustup"))
    kept.setdefault("GOCACHE", str(home / "gocache"))
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "LC_ALL": "C.UTF-8",
    } | kept


def end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_the_catalogue_is_as_large_as_promised() -> None:
    assert len(ATTACKS) >= 100
    assert len(HONEST) >= 80


def test_every_attack_names_refusals_and_every_honest_change_is_ok() -> None:
    for case in ATTACKS:
        assert case.told.outcome != "ok", str(case)
        assert set(case.told.outcome) <= REFUSALS, str(case)
    assert {case.told.outcome for case in HONEST} == {"ok"}


def test_every_twin_is_an_honest_change_of_the_catalogue() -> None:
    twins = {case.told.twin for case in ATTACKS if case.told.twin}
    assert len(twins) >= 10
    assert twins <= {case.name for case in HONEST}


def test_no_two_cases_make_the_same_change() -> None:
    changes: dict[frozenset[tuple[str, str, Entry]], Case] = {}
    for case in ATTACKS + HONEST:
        base = base_of(case)
        head = head_of(case, base)
        told = {("base", path, entry) for path, entry in base.items()}
        told |= {("head", path, entry) for path, entry in head.items()}
        told |= {("evidence", case.told.evidence, Entry("", b""))}
        assert base != head, f"{case} changes nothing"
        same = changes.setdefault(frozenset(told), case)
        assert same is case, f"{case} is {same} again"


def test_exceptions_are_few() -> None:
    excused = [
        str(c) for c in ATTACKS if c.told.naive_refuses or c.told.base_green or c.told.base_red
    ]
    assert len(excused) <= len(ATTACKS) // 10, excused


@pytest.mark.slow
@pytest.mark.parametrize("case", ATTACKS, ids=str)
def test_the_naive_rule_accepts_the_attack(case: Case, tmp_path: Path) -> None:
    built = build(case, tmp_path)
    told = case.told
    if told.naive_refuses is None:
        assert exit_of(told.evidence, built, built.head, fresh(tmp_path, "head")) == 0
    if told.plain is not None:
        assert exit_of(told.plain, built, built.base, fresh(tmp_path, "plain-base")) != 0
        assert exit_of(told.plain, built, built.head, fresh(tmp_path, "plain-head")) != 0
    elif told.gate_mode == "fix" and told.base_green is None:
        assert exit_on_base(told.evidence, built, tmp_path) != 0
    elif told.gate_mode == "refactor":
        assert (exit_on_base(told.evidence, built, tmp_path) == 0) == (told.base_red is None)


def exit_on_base(command: str, built: Built, scratch: Path) -> int:
    """Many cases share a project, and so this answer."""
    if (command, built.base) not in ON_BASE:
        ON_BASE[command, built.base] = exit_of(command, built, built.base, fresh(scratch, "base"))
    return ON_BASE[command, built.base]


@pytest.mark.slow
@pytest.mark.whole  # the gate itself sees every honest change red before and green after
@pytest.mark.parametrize("case", HONEST, ids=str)
def test_the_honest_change_does_its_job(case: Case, tmp_path: Path) -> None:
    built = build(case, tmp_path)
    evidence = case.told.evidence
    assert exit_of(evidence, built, built.head, fresh(tmp_path, "head")) == 0
    before = exit_of(evidence, built, before_of(case, built), fresh(tmp_path, "base"))
    assert (before == 0) == (case.told.gate_mode == "refactor")


def before_of(case: Case, built: Built) -> str:
    """The base; for a feature, the base with the tests that come with it."""
    if case.told.gate_mode != "feature":
        return built.base
    named = git("diff", "--name-only", "--no-renames", "-z", built.base, built.head, cwd=built.repo)
    tests = [path for path in named.split("\0") if is_test(path)]
    assert tests, f"{case} brings no test"
    git("read-tree", built.base, cwd=built.repo)
    for path in tests:
        row = git("ls-tree", "-z", built.head, "--", path, cwd=built.repo).rstrip("\0")
        mode, _, rest = row.split(" ", 2)
        entry = f"{mode},{rest.partition(chr(9))[0]},{path}"
        git("update-index", "--add", "--cacheinfo", entry, cwd=built.repo)
    tree = git("write-tree", cwd=built.repo).strip()
    who = ("-c", "user.name=catalogue", "-c", "user.email=catalogue@example.invalid")
    commit = git(*who, "commit-tree", tree, "-p", built.base, "-m", "Tests", cwd=built.repo).strip()
    git("update-ref", "refs/heads/tests-only", commit, cwd=built.repo)
    return commit


def is_test(path: str) -> bool:
    folders, _, name = path.rpartition("/")
    return (
        bool({"test", "tests"} & set(folders.split("/")))
        or name.startswith("test_")
        or any(mark in name for mark in ("_test.", ".test."))
    )


def fresh(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder
