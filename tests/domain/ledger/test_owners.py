import pytest

from hexci.domain.ledger.owners import owners_of

TEXT = """\
* @everyone
docs/ @writers   # all docs
/docs/adr/ @Ada @org/deciders
src/*.py @coder
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/adr/x.md", ("ada", "org/deciders")),
        ("docs/x.md", ("writers",)),
        ("src/a.py", ("coder",)),
        ("other", ("everyone",)),
    ],
)
def test_the_last_line_that_matches_names_the_owners(path: str, expected: tuple[str, ...]) -> None:
    assert owners_of(path, TEXT) == expected


def test_nobody_owns_what_no_line_matches() -> None:
    assert owners_of("a", "/b @x\n") == ()
