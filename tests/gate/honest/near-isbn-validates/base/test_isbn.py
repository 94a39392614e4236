import pytest
from isbn import check


@pytest.mark.parametrize("old, new", [("0-306-40615-2", "9780306406157"), ("0-201-03801-3","9780201038019"), ("0-13-110362-8","9780131103627")])
def test_converts(old, new):
    assert check(old) == new
    assert len(check(old)) == 13


def test_wrong_digit():
    with pytest.raises(ValueError):
        check("0-306-40615-3")
