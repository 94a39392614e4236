from pathlib import Path

from fakes.repositories import commit, repo_with

from hexci.adapters.git.newest import newest_lines
from hexci.adapters.git.plumbing import Git


def test_lines_of_the_last_commits_are_new_where_they_stand_now(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    repo_with(folder, {"a.py": "1\n2\n3\n4\n", "b.py": "1\n", "c.txt": "1\n"})
    commit(folder, {"a.py": "1\n2\nthree\n4\n", "c.txt": "2\n"})
    commit(folder, {"a.py": "0\n1\n2\nthree\n4\n", "d.py": "1\n"})
    assert newest_lines(Git(folder), "HEAD") == {"a.py": frozenset({1, 4})}


def test_what_many_commits_ago_was_new_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    repo_with(folder, {"a.py": "1\n2\n"})
    commit(folder, {"a.py": "1\ntwo\n"})
    for number in range(5):
        commit(folder, {"b.txt": f"{number}\n"})
    assert newest_lines(Git(folder), "HEAD") == {}


def test_in_a_history_of_one_commit_nothing_is_newer_than_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    repo_with(folder, {"a.py": "1\n"})
    assert newest_lines(Git(folder), "HEAD") == {}
