import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.exception import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "try:\n    a()\nexcept KeyError:\n    pass\n",
            "try:\n    a()\nexcept (KeyError, IndexError):\n    pass\n",
        ),
        ("raise ValueError('x')", "raise TypeError('x')"),
    ],
)
def test_exception_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before", ["try:\n    a()\nexcept KeyError:\n    pass\n", "raise ValueError('x')"]
)
def test_exception_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
