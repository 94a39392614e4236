import json
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, FIX, buggy_repo, hexci, sed
from fakes.repositories import commit, fingerprint, git, repo_with

pytestmark = pytest.mark.slow


def without_new_branch(state: dict[str, str]) -> dict[str, str]:
    refs = [line for line in state["git:refs"].splitlines() if "hex/auto" not in line]
    return {**state, "git:refs": "\n".join(refs)}


def test_an_accepted_change_is_one_commit_on_its_own_branch(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    said = hexci(repo, "do", "add adds", "--evidence", EVIDENCE, "--candidate", FIX, "--json")
    assert (said.exit_code, said.document["outcome"]) == (0, "committed")
    branch = said.document["branch"]
    assert git(repo, "log", "--format=%an|%s", f"main..{branch}") == "hexci[bot]|add adds"
    assert git(repo, "show", f"{branch}:calc.py") == "def add(a, b):\n    return a + b"
    assert without_new_branch(fingerprint(repo)) == before
    trailers = git(repo, "log", "-1", "--format=%(trailers:key=Hexci-Gate,valueonly)", branch)
    assert {"red", "green", "proven"} <= set(trailers.split(","))


def test_repair_fixes_it_without_any_model(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    said = hexci(repo, "do", "--evidence", EVIDENCE, "--candidate", "repair", "--json")
    assert (said.exit_code, said.document["candidate"]) == (0, "repair")


def test_repair_commits_nothing_that_only_chance_turned_green(tmp_path: Path) -> None:
    coins = "\n".join(
        f"    def test_{n}(self):\n        assert add(1, os.urandom(1)[0] % 2) == 2\n"
        for n in range(16)
    )
    tests = f"import os, unittest\nfrom calc import add\n\nclass T(unittest.TestCase):\n{coins}"
    files = {"calc.py": "def add(a, b):\n    return a + b\n", "test_calc.py": tests}
    repo = repo_with(tmp_path / "r", files)
    before = fingerprint(repo)
    said = hexci(
        repo, "do", "--evidence", "python3 -m unittest -q", "--candidate", "repair",
        "--timeout", "25", "--json",
    )  # fmt: skip
    assert said.document["outcome"] in {
        "flaky", "no_change", "unproven", "evidence_failed", "timeout",
    }  # fmt: skip
    assert fingerprint(repo) == before


def test_json_mode_prints_nothing_else_on_stdout(tmp_path: Path) -> None:
    said = hexci(buggy_repo(tmp_path / "r"), "do", "--evidence", "false", "--json")
    assert json.loads(said.out)["exit_code"] == said.exit_code
    assert "gate" in said.err


def test_the_exit_code_is_the_same_without_json(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    asked = ("do", "x", "--evidence", "true", "--candidate", FIX)
    assert hexci(repo, *asked).exit_code == hexci(repo, *asked, "--json").exit_code == 1


def test_the_operators_dirty_files_are_neither_used_nor_touched(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    (repo / "calc.py").write_text("work in progress\n")
    (repo / "staged.py").write_text("staged\n")
    git(repo, "add", "staged.py")
    (repo / "untracked").write_text("mine\n")
    before = fingerprint(repo)
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE, "--candidate", FIX, "--json")
    assert said.document["outcome"] == "committed"
    assert "3 uncommitted paths" in said.document["notes"][0]
    assert without_new_branch(fingerprint(repo)) == before
    assert git(repo, "ls-tree", "-r", "--name-only", said.document["branch"]) == (
        "calc.py\ntest_calc.py"
    )


@pytest.mark.parametrize(
    ("evidence", "candidate", "outcome", "exit_code"),
    [
        ("true", FIX, "vacuous", 1),
        ("python3 -c pass", FIX, "already_green", 1),
        ("no-such-runner -q", FIX, "bad_input", 2),
        (f"{EVIDENCE} -k nothing_at_all", FIX, "vacuous", 1),
        (EVIDENCE, "cmd:true", "no_change", 1),
        (EVIDENCE, sed("s/-/*/"), "evidence_failed", 1),
        (EVIDENCE, sed("s/5/-1/", "test_calc.py"), "protected_path", 3),
        (EVIDENCE, "cmd:false", "model_error", 7),
        (EVIDENCE, "cmd:no-such-program-anywhere", "model_error", 7),
        (EVIDENCE, "gpt", "bad_input", 2),
    ],
)
def test_every_other_end_leaves_the_repository_as_it_was(
    tmp_path: Path, evidence: str, candidate: str, outcome: str, exit_code: int
) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    said = hexci(repo, "do", "x", "--evidence", evidence, "--candidate", candidate, "--json")
    assert said.exit_code == exit_code, said.err
    if said.out:
        assert said.document["outcome"] == outcome
    assert fingerprint(repo) == before


def test_evidence_that_hangs_is_a_timeout(tmp_path: Path) -> None:
    """T23: the clock of a run is its own."""
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    asked = ("--evidence", "bash -c 'sleep 600 & sleep 600'", "--timeout", "2", "--candidate", FIX)
    said = hexci(repo, "do", "x", *asked, "--json")
    assert (said.exit_code, said.document["outcome"]) == (5, "timeout")
    assert fingerprint(repo) == before


def test_evidence_that_floods_its_output_is_bounded(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    flood = "head -c 300000000 /dev/zero | tr '\\0' x; false"
    said = hexci(repo, "do", "x", "--evidence", flood, "--candidate", "cmd:true", "--json")
    assert said.exit_code == 1
    log = git(repo, "cat-file", "-s", f"refs/hexci/runs/{said.document['run']}:evidence/red.log")
    assert int(log) < 2_000_000


def test_a_lost_pipe_failure_is_still_red(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    said = hexci(
        repo, "do", "x", "--evidence", f"{EVIDENCE} 2>&1 | tail -1", "--candidate", FIX, "--json"
    )
    assert said.document["outcome"] == "committed"


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "link", "link/x", ".git/config", ""])
def test_a_target_outside_is_bad_input_and_nothing_starts(tmp_path: Path, path: str) -> None:
    repo = buggy_repo(tmp_path / "r")
    (repo / "link").symlink_to("/etc")
    commit(repo, {})
    before = git(repo, "for-each-ref")
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE, "--file", path)
    assert said.exit_code == 2
    assert "--file" in said.err
    assert git(repo, "for-each-ref") == before


def test_spaces_and_unicode_in_every_path(tmp_path: Path) -> None:
    repo = repo_with(
        tmp_path / "ein Pfad mit Ü",
        {
            "größe é/__init__.py": "",
            "größe é/calc.py": BUGGY["calc.py"],
            "test_größe.py": (
                "import importlib, unittest\n"
                "add = importlib.import_module('größe é.calc').add\n"
                "class T(unittest.TestCase):\n"
                "    def test(self):\n        self.assertEqual(add(1, 1), 2)\n"
            ),
        },
    )
    fix = sed("s/-/+/", "größe é/calc.py")
    said = hexci(
        repo, "do", "näh", "--evidence", "python3 -m unittest discover -p 'test*.py'",
        "--candidate", fix, "--file", "größe é/calc.py", "--json",
    )  # fmt: skip
    assert said.document["outcome"] == "committed", said.err
    assert git(repo, "show", f"{said.document['branch']}:größe é/calc.py").endswith("a + b")


@pytest.mark.parametrize("shape", ["detached", "shallow", "worktree", "submodule", "subfolder"])
def test_any_shape_of_checkout(tmp_path: Path, shape: str) -> None:
    origin = buggy_repo(tmp_path / "origin")
    commit(origin, {"sub/more.txt": "1"})
    repo = tmp_path / "r"
    if shape == "worktree":
        git(origin, "worktree", "add", "-q", "-b", "side", str(repo))
    elif shape == "shallow":
        git(tmp_path, "clone", "-q", "--depth", "1", f"file://{origin}", str(repo))
    else:
        git(tmp_path, "clone", "-q", str(origin), str(repo))
    if shape == "detached":
        git(repo, "checkout", "-q", "--detach")
    if shape == "submodule":
        library = repo_with(tmp_path / "library", {"lib.txt": "1"})
        git(repo, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "lib")
        git(repo, "commit", "-qm", "lib")
    before = fingerprint(repo)
    folder = repo / "sub" if shape == "subfolder" else repo
    said = hexci(folder, "do", "x", "--evidence", EVIDENCE, "--candidate", FIX, "--json")
    assert said.document["outcome"] == "committed", said.err
    assert without_new_branch(fingerprint(repo)) == before


def test_no_repository_and_no_commit_are_bad_input(tmp_path: Path) -> None:
    assert hexci(tmp_path, "do", "x", "--evidence", "false").exit_code == 2
    git(tmp_path, "init", "-q")
    said = hexci(tmp_path, "do", "x", "--evidence", "false")
    assert (said.exit_code, "no commit yet" in said.err) == (2, True)


def test_a_broken_config_says_where(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {**BUGGY, ".hexci/config.yaml": "kind: Config\nspek: 1\n"})
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE)
    assert said.exit_code == 2
    assert ".hexci/config.yaml:2:1: spek: unknown key; did you mean 'spec'?" in said.err


def test_config_comes_from_the_base_commit_not_from_the_work_tree(tmp_path: Path) -> None:
    """T21: what grants anything is read from the base."""
    text = f"kind: Config\nspec:\n  evidence: {{default: {{command: '{EVIDENCE}'}}}}\n"
    repo = repo_with(tmp_path / "r", {**BUGGY, ".hexci/config.yaml": text})
    (repo / ".hexci" / "config.yaml").write_text("kind: Nonsense\n")
    said = hexci(repo, "do", "x", "--candidate", FIX, "--json")
    assert said.document["outcome"] == "committed", said.err


def test_a_dry_run_shows_the_patch_and_makes_no_branch(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE, "--candidate", FIX, "--dry-run", "--json")
    assert (said.exit_code, said.document["outcome"]) == (0, "proposed")
    assert "+    return a + b" in said.document["patch"]
    assert fingerprint(repo) == before


def test_the_second_candidate_wins_and_both_are_reported(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    bad = sed("s/-/*/")
    said = hexci(
        repo, "do", "x", "--evidence", EVIDENCE, "--candidate", bad, "--candidate", FIX, "--json"
    )
    assert [(c["name"], c["outcome"]) for c in said.document["candidates"]] == [
        (bad, "evidence_failed"),
        (FIX, "ok"),
    ]


def test_repository_hooks_filters_and_fsmonitor_do_not_run(tmp_path: Path) -> None:
    """T6: nothing that the repository configures runs."""
    repo = buggy_repo(tmp_path / "r")
    pwned = tmp_path / "PWNED"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch '{pwned}'\ncat\n")
    evil.chmod(0o755)
    for hook in ("pre-commit", "post-commit", "reference-transaction", "post-checkout"):
        (repo / ".git" / "hooks").mkdir(exist_ok=True)
        (repo / ".git" / "hooks" / hook).write_bytes(evil.read_bytes())
        (repo / ".git" / "hooks" / hook).chmod(0o755)
    git(repo, "config", "core.fsmonitor", str(evil))
    git(repo, "config", "diff.external", str(evil))
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE, "--candidate", FIX, "--json")
    assert said.document["outcome"] == "committed"
    assert not pwned.exists()
