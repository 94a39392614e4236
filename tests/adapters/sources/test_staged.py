"""What is staged, read from git's index without git, on real git."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.repositories import commit, git, repo_with

from hexci.adapters.sources.choosing import sources_for
from hexci.adapters.sources.git_tree import ListedFiles, entries, listed_files
from hexci.adapters.sources.index_file import changes, landmarks, staged_index
from hexci.adapters.sources.index_file import entries as index_entries
from hexci.adapters.sources.staged import StagedFiles

FILES = {"a.py": "import b\n", "b.py": "x = 1\n", "p/c.py": "", "p/é.py": "import a\n"}


def staged(root: Path) -> StagedFiles:
    sources = sources_for(str(root), "staged")
    assert isinstance(sources, StagedFiles)
    return sources


def contents(root: Path) -> dict[str, bytes]:
    sources = sources_for(str(root), "staged")
    return dict(sources.read(list(sources.listing())))


def test_the_index_says_what_git_lists(tmp_path: Path) -> None:
    deep = "/".join(["n" * 200, "m" * 200, "f.py"])
    repo = repo_with(tmp_path / "r", {**FILES, deep: "import a\n"})
    (repo / "b.py").chmod(0o755)
    (repo / "link.py").symlink_to("a.py")
    git(repo, "add", "-A")
    for root in (repo, repo / "p", repo / ("n" * 200)):
        assert dict(staged(root).listing()) == entries(listed_files(str(root)))


def test_contents_are_those_that_are_staged(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    (repo / "a.py").write_text("import c\n")
    (repo / "b.py").unlink()
    assert contents(repo) == {path: text.encode() for path, text in FILES.items()}


def test_an_edit_that_hides_behind_the_old_times_is_seen(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    before = (repo / "a.py").stat()
    (repo / "a.py").write_text("import z\n")  # as long as it was
    os.utime(repo / "a.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert contents(repo)["a.py"] == b"import b\n"


@pytest.mark.parametrize("where", [".gitattributes", "p/.gitattributes", ".git/info/attributes"])
def test_what_git_rewrites_on_its_way_is_not_taken_from_the_disk(
    tmp_path: Path, where: str
) -> None:
    repo = repo_with(tmp_path / "r", {"p/__init__.py": ""})
    (repo / where).parent.mkdir(exist_ok=True)
    (repo / where).write_text("*.py ident\n")
    commit(repo, {"p/a.py": "# $Id: of the disk $\nimport b\n"})
    assert contents(repo)["p/a.py"] == b"# $Id$\nimport b\n"


def test_line_ends_that_git_turns_are_not_taken_from_the_disk(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {".gitattributes": "*.py text\n"})
    (repo / "a.py").write_bytes(b"import b\r\n")
    git(repo, "add", "-A")
    assert contents(repo)["a.py"] == b"import b\n"


def version_4(repo: Path) -> None:
    git(repo, "update-index", "--index-version", "4")


def split(repo: Path) -> None:
    git(repo, "update-index", "--split-index")


def intent_to_add(repo: Path) -> None:
    (repo / "new.py").write_text("import a\n")
    git(repo, "add", "-N", "new.py")


@pytest.mark.parametrize("odd", [version_4, split, intent_to_add])
def test_an_index_that_is_not_plain_is_left_to_git(
    tmp_path: Path, odd: Callable[[Path], None]
) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    odd(repo)
    sources = sources_for(str(repo), "staged")
    assert isinstance(sources, ListedFiles)
    assert {path: contents(repo)[path] for path in FILES} == {
        path: text.encode() for path, text in FILES.items()
    }


def changed(repo: Path, edit: Callable[[], object], most: int = 2) -> list[str] | None:
    before = staged_index(str(repo))
    assert before is not None
    places = index_entries(before)
    assert places is not None
    edit()
    git(repo, "add", "-A")
    with (repo / ".git/index").open("rb") as now:
        found = changes(io.BytesIO(before.data), now, landmarks(before, places), most)
    return None if found is None else [os.fsdecode(path) for path, _, _ in found]


def test_the_files_that_differ_between_two_indexes(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    assert changed(repo, (repo / "a.py").touch) == []
    assert changed(repo, lambda: (repo / "p/é.py").write_text("x = 2\n")) == ["p/é.py"]
    assert changed(repo, lambda: (repo / "b.py").chmod(0o755)) is None
    assert changed(repo, lambda: (repo / "a.py").rename(repo / "d.py")) is None
    assert changed(repo, (repo / "d.py").unlink) is None
    assert changed(repo, lambda: [(repo / path).write_text("y") for path in ("b.py", "p/c.py")])
    more = ("b.py", "p/c.py", "p/é.py")
    assert changed(repo, lambda: [(repo / path).write_text("z = 3") for path in more]) is None


@pytest.mark.parametrize(
    "numbers", [(), (0,), (255, 256), (257,), (511, 512, 513), (298, 598, 599)]
)
def test_files_that_differ_are_found_between_the_landmarks(
    tmp_path: Path, numbers: tuple[int, ...]
) -> None:
    files = {f"d{'long' * (n % 7)}/{n:03}.py": "" for n in range(600)}
    repo = repo_with(tmp_path / "r", files)
    wanted = [sorted(files)[number] for number in numbers]
    found = changed(repo, lambda: [(repo / path).write_text("x") for path in wanted], most=3)
    assert found == wanted
