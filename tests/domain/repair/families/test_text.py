import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.text import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = ' a '", "x = 'a'"),
        ("x = re.match(r'\\d*', t)", "x = re.match(r'\\d+', t)"),
        ("x = 'a, b'", "x = 'a,b'"),
        ("x = re.match('a.b', t)", "x = re.match(r'a\\.b', t)"),
    ],
)
def test_text_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before", ["x = ' a '", "x = re.match(r'\\d*', t)", "x = 'a, b'", "x = re.match('a.b', t)"]
)
def test_text_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
