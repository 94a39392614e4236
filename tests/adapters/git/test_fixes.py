from pathlib import Path

from fakes.repositories import git, repo_with

from hexci.adapters.git.fixes import fixes_in
from hexci.adapters.git.plumbing import Git


def committed(folder: Path, message: str, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def test_fixes_of_one_source_file_are_found_newest_first(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    repo_with(folder, {"a.py": "one\n", "b.py": "one\n", "test_a.py": "one\n"})
    committed(folder, "Fix the first", a="two\n", test_a="two\n")
    committed(folder, "Add a thing", a="three\n")
    committed(folder, "Fix both", a="four\n", b="two\n")
    committed(folder, "bug: b was wrong", b="three\n")
    committed(folder, "Fix by a new file", c="one\n")
    found = [
        (path, git(folder, "cat-file", "blob", old), git(folder, "cat-file", "blob", new))
        for path, old, new in fixes_in(Git(folder), "HEAD", 100)
    ]
    assert [(path, str(old).strip(), str(new).strip()) for path, old, new in found] == [
        ("b.py", "two", "three"),
        ("a.py", "one", "two"),
    ]


def test_no_more_commits_are_looked_at_than_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    repo_with(folder, {"a.py": "one\n"})
    committed(folder, "Fix it", a="two\n")
    committed(folder, "Say more", a="three\n")
    assert list(fixes_in(Git(folder), "HEAD", 1)) == []
