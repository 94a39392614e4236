from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.repositories import commit, fingerprint, git, repo_with

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.quarters import Quarters, quarters_for
from hexci.domain.change import ChangeKind
from hexci.errors import BadInputError, DeniedError


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repo_with(
        tmp_path / "a répo with spaces",
        {
            "src/calc.py": "def add(a, b):\n    return a - b\n",
            "naïve file.txt": "hé\n",
            "run.sh": "true\n",
        },
    )


@pytest.fixture
def quarters(repo: Path) -> Iterator[Quarters]:
    with quarters_for(Checkout.at(repo)) as made:
        yield made


def tree_of(repo: Path) -> str:
    return git(repo, "rev-parse", "HEAD^{tree}")


def test_a_room_is_a_clean_clone_without_remote_or_hooks(repo: Path, quarters: Quarters) -> None:
    """T5, T6: nothing to steal, nothing to run."""
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree_of(repo)) as room:
        assert room.read("naïve file.txt") == "hé\n".encode()
        assert git(room.path, "remote") == ""
        assert git(room.path, "for-each-ref") == ""
        assert not (room.path / ".git" / "hooks").exists()
        assert not (room.path / ".git" / "objects" / "info" / "alternates").exists()
        assert git(room.path, "status", "--porcelain") == ""
    assert not room.path.exists()


def test_snapshot_of_an_untouched_room_is_its_tree(repo: Path, quarters: Quarters) -> None:
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree_of(repo)) as room:
        assert room.snapshot() == tree_of(repo)


def test_a_room_of_a_tree_that_no_commit_has(repo: Path, quarters: Quarters) -> None:
    tree = quarters.vault.overlay(tree_of(repo), {"src/calc.py": b"fixed\n", "new/x": b"1"})
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree) as room:
        assert room.read("new/x") == b"1"
        assert room.snapshot() == tree


def test_change_lists_added_modified_and_deleted(repo: Path, quarters: Quarters) -> None:
    vault = quarters.vault
    tree = vault.overlay(tree_of(repo), {"src/calc.py": b"x\n", "new.py": b"n\n", "run.sh": None})
    change = vault.change(tree_of(repo), tree)
    assert [(f.path, f.kind, f.after) for f in change.files] == [
        ("new.py", ChangeKind.ADDED, b"n\n"),
        ("run.sh", ChangeKind.DELETED, None),
        ("src/calc.py", ChangeKind.MODIFIED, b"x\n"),
    ]
    assert b"+x\n" in change.patch


def test_restore_takes_paths_back_and_removes_what_was_not_there(
    repo: Path, quarters: Quarters
) -> None:
    vault = quarters.vault
    tree = vault.overlay(tree_of(repo), {"src/calc.py": b"x\n", "new.py": b"n\n"})
    assert vault.restore(tree, tree_of(repo), ["src/calc.py", "new.py"]) == tree_of(repo)


def test_overlay_keeps_the_executable_bit(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"run.sh": "true\n"})
    git(repo, "update-index", "--chmod=+x", "run.sh")
    git(repo, "commit", "-qm", "exec")
    with quarters_for(Checkout.at(repo)) as quarters:
        tree = quarters.vault.overlay(tree_of(repo), {"run.sh": b"false\n"})
        assert quarters.vault.files(tree)["run.sh"] == "100755"


def test_nothing_planted_in_a_room_runs_when_it_is_read(
    repo: Path, quarters: Quarters, tmp_path: Path
) -> None:
    """T6: hooks, filters, fsmonitor, diff drivers, planted by an agent."""
    pwned = tmp_path / "PWNED"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch '{pwned}'\ncat\n")
    evil.chmod(0o755)
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree_of(repo)) as room:
        for key in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.external",
                    "gpg.program", "core.pager", "core.sshCommand"):  # fmt: skip
            git(room.path, "config", key, str(evil))
        hooks = room.path / ".git" / "hooks"
        hooks.mkdir()
        for hook in ("pre-commit", "post-index-change", "reference-transaction"):
            (hooks / hook).write_bytes(evil.read_bytes())
            (hooks / hook).chmod(0o755)
        room.write({".gitattributes": b"* filter=x diff=x\n", "src/calc.py": b"fixed\n"})
        tree = room.snapshot()
        assert quarters.vault.read(tree, "src/calc.py") == b"fixed\n"
        quarters.vault.change(tree_of(repo), tree)
    assert not pwned.exists()


@pytest.mark.parametrize(
    "path", ["../x", "/etc/passwd", ".git/config", ".GIT/config", "a/../../x", ""]
)
def test_a_room_refuses_paths_outside(repo: Path, quarters: Quarters, path: str) -> None:
    rooms = quarters.rooms(git(repo, "rev-parse", "HEAD"))
    with rooms.clone(tree_of(repo)) as room, pytest.raises(DeniedError):
        room.write({"src/calc.py": b"never written", path: b"x"})
    with rooms.clone(tree_of(repo)) as room, pytest.raises(DeniedError):
        room.read(path)


def test_a_room_refuses_to_write_through_a_symlink(
    repo: Path, quarters: Quarters, tmp_path: Path
) -> None:
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree_of(repo)) as room:
        (room.path / "link").symlink_to(tmp_path)
        with pytest.raises(DeniedError):
            room.write({"link/x": b"1"})
    assert not (tmp_path / "x").exists()


def test_reset_brings_back_the_tree_and_drops_ignored_files(repo: Path, quarters: Quarters) -> None:
    commit(repo, {".gitignore": "*.log\n"})
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree_of(repo)) as room:
        (room.path / "a.log").write_text("noise")
        (room.path / "src" / "calc.py").unlink()
        (room.path / "src").chmod(0o500)
        room.reset()
        assert room.snapshot() == tree_of(repo)
        assert not (room.path / "a.log").exists()


def test_a_nested_repository_shows_as_a_gitlink_not_as_files(
    repo: Path, quarters: Quarters
) -> None:
    with quarters.rooms(git(repo, "rev-parse", "HEAD")).clone(tree_of(repo)) as room:
        repo_with(room.path / "inner", {"x": "1"})
        assert quarters.vault.files(room.snapshot())["inner"] == "160000"


@pytest.mark.parametrize("kind", ["shallow", "worktree", "detached"])
def test_other_shapes_of_checkout_work_too(repo: Path, tmp_path: Path, kind: str) -> None:
    commit(repo, {"second": "2"})
    other = tmp_path / "other"
    if kind == "shallow":
        git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", str(other))
    elif kind == "worktree":
        git(repo, "worktree", "add", "-q", "-b", "side", str(other))
    else:
        git(tmp_path, "clone", "-q", str(repo), str(other))
        git(other, "checkout", "-q", "--detach")
    before = fingerprint(other)
    with (
        quarters_for(Checkout.at(other)) as quarters,
        quarters.rooms(git(other, "rev-parse", "HEAD")).clone(tree_of(other)) as room,
    ):
        assert room.read("second") == b"2"
        assert room.snapshot() == tree_of(other)
    assert fingerprint(other) == before


def test_a_folder_outside_git_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="not inside a git repository"):
        Checkout.at(tmp_path)


def test_a_repository_without_commits_is_bad_input(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(BadInputError, match="no commit yet"):
        Checkout.at(tmp_path).resolve("HEAD")


def test_a_ref_that_looks_like_an_option_is_bad_input(repo: Path) -> None:
    with pytest.raises(BadInputError, match="names no commit"):
        Checkout.at(repo).resolve("--all")
