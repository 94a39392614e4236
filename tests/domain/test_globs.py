import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.globs import matches


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.py", "a.py", True),
        ("*.py", "src/a.py", True),
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "src/x/a.py", False),
        ("src/**/*.py", "src/a.py", True),
        ("src/**/*.py", "src/x/y/a.py", True),
        ("docs/", "docs/x/y.md", True),
        ("docs/", "docs", False),
        ("/a.py", "a.py", True),
        ("/a.py", "src/a.py", False),
        ("**/conftest.py", "conftest.py", True),
        ("src/**", "src/a/b", True),
        ("?.py", "ab.py", False),
        ("[ab].py", "a.py", True),
        ("[!ab].py", "c.py", True),
        ("[!ab].py", "a.py", False),
        ("a[", "a[", True),
        ("a.py", "aXpy", False),
    ],
)
def test_globs_match_as_users_expect(glob: str, path: str, *, expected: bool) -> None:
    assert matches(path, [glob]) is expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_glob_answers(glob: str, path: str) -> None:
    assert matches(path, [glob]) in {True, False}
