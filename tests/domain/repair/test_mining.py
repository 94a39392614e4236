import pytest

from hexci.domain.repair.mining import family_of, shares

BEFORE = "def f(a, b):\n    if a < b:\n        return g(a)\n    return b\n"


@pytest.mark.parametrize(
    ("after", "family"),
    [
        (BEFORE.replace("a < b", "a <= b"), "comparison"),
        (BEFORE.replace("return g(a)", "return a"), "unwrap"),
        (BEFORE.replace("a < b", "(a < b) and a"), None),
        (BEFORE.replace("a < b", "wholly(new)"), None),
        (BEFORE.replace("f(a, b)", "other(name)\n\n\n\ndef f(a, b)"), None),
        (BEFORE, None),
    ],
)
def test_a_small_fix_belongs_to_the_family_that_would_have_proposed_it(
    after: str, family: str | None
) -> None:
    assert family_of("a.py", BEFORE.encode(), after.encode()) == family


def test_a_file_that_is_no_python_belongs_to_none() -> None:
    assert family_of("a.py", b"def (", b"def )") is None


def test_shares_need_some_fixes_to_be_shares_of() -> None:
    assert shares(["wrap"] * 7) is None
    assert shares(["wrap"] * 6 + ["text"] * 2) == {"wrap": 0.75, "text": 0.25}
