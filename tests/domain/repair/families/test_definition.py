import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.definition import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(a=[]):\n    return a\n",
            "def f(a=None):\n    if a is None:\n        a = []\n    return a\n",
        ),
        (
            "class C:\n    def f(self):\n        pass\n",
            "class C:\n    @property\n    def f(self):\n        pass\n",
        ),
    ],
)
def test_definition_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before", ["def f(a=[]):\n    return a\n", "class C:\n    def f(self):\n        pass\n"]
)
def test_definition_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
