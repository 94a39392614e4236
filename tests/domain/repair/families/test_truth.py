import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.truth import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if a: b()\n", "if a is not None: b()\n"),
        ("if not a.b: c()\n", "if a.b is None: c()\n"),
        ("x = a or b\n", "x = a if a is not None else b\n"),
        ("x = [v for v in a if v]\n", "x = [v for v in a if v is not None]\n"),
        ("if a is not None: b()\n", "if a: b()\n"),
        ("if a is None: b()\n", "if not a: b()\n"),
        ("if type(a) == str: b()\n", "if isinstance(a, str): b()\n"),
        ("if type(a) not in (str, int): b()\n", "if not isinstance(a, (str, int)): b()\n"),
        ("x = isinstance(a, str)\n", "x = isinstance(a, (str, bytes))\n"),
        ("x = isinstance(a, (str, bytes))\n", "x = isinstance(a, str)\n"),
        ("x = isinstance(a, A)\ny = isinstance(b, B)\n",
         "x = isinstance(a, (A, B))\ny = isinstance(b, B)\n"),
    ],
)  # fmt: skip
def test_truth_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


def test_a_value_whose_truth_does_not_count_is_left_alone() -> None:
    assert rewrites(FAMILY, "x = a\ny = f(b)\nz = c and d\n") == [
        "x = a\ny = f(b)\nz = c is not None and d\n"
    ]


def test_what_is_never_none_is_not_asked_for_none() -> None:
    assert rewrites(FAMILY, "if a: b()\n", types={"a": "bool int"}) == []
    code = "s.a = False\ns.a = True\nif s.a: b()\n"
    assert rewrites(FAMILY, code) == []
    assert rewrites(FAMILY, code.replace("True", "f()")) != []
