"""A set of globs answers as the globs do one by one."""

from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.boundaries.path_sets import PathSet
from hexci.domain.globs import matches

GLOBS = st.sampled_from(
    (
        "**/tests/**", "**/test_*.py", "**/*_pb2.py", "a/**", "a/b/**", "a/**/*.py", "a/*.py",
        "/a/**", "*.ts", "b/**/*.d.ts", "a/b/c.py", "**/x?.py", "a/[bc]/**",
    )
)  # fmt: skip
NAMES = st.sampled_from(("a", "b", "c", "tests", "x1"))
FILES = st.sampled_from(("c.py", "test_a.py", "m_pb2.py", "x1.py", "q.ts", "q.d.ts"))


@given(st.lists(GLOBS, max_size=4), st.lists(NAMES, max_size=3), FILES)
def test_a_path_is_in_the_set_when_a_glob_matches(
    globs: list[str], folders: list[str], name: str
) -> None:
    path = "/".join([*folders, name])
    assert (path in PathSet(globs)) == matches(path, globs)
