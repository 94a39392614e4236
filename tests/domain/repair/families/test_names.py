import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.names import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = min(a, b)", "x = max(a, b)"),
        ("x = a.lower()", "x = a.upper()"),
        ("x = a.lstrip('b')", "x = a.removeprefix('b')"),
        (
            "class C:\n    def f(self):\n        return self.one + self.two",
            "class C:\n    def f(self):\n        return self.two + self.two",
        ),
        (
            "def f(a):\n    def g(b):\n        return b\n\n    def h(b):\n        return g(b)\n",
            "def f(a):\n    def g(b):\n        return b\n\n    def h(b):\n        return h(b)\n",
        ),
        ("self.a = self.b\n", "self.b = self.b\n"),
    ],
)
def test_names_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "x = min(a, b)",
        "x = a.lower()",
        "class C:\n    def f(self):\n        return self.one + self.two",
    ],
)
def test_names_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_an_entry_of_a_table_is_asked_for_by_a_function_of_the_file() -> None:
    before = "def root(a):\n    return a\n\ndef f(up, a):\n    return up[a]\n"
    assert before.replace("up[a]", "root(a)") in rewrites(FAMILY, before)
