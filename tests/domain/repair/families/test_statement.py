import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.statement import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1\nb = 2\n", "b = 2\n"),
        ("def f():\n    a = 1\n", "def f():\n    pass\n"),
        ("a = 1\nb = a\n", "b = a\na = 1\n"),
        ("for i in r:\n    a = i\n    b = 1\n", "for i in r:\n    a = i\nb = 1\n"),
        ("if a:\n    b()\n", "b()\n"),
        ("for i in r:\n    a = i\nb = 1\n", "for i in r:\n    a = i\n    b = 1\n"),
        ("if a:\n    b()\nif c:\n    d()\n", "if a:\n    b()\nelif c:\n    d()\n"),
        ("if a:\n    b()\nelif c:\n    d()\n", "if a:\n    b()\nif c:\n    d()\n"),
        ("a = 1\nb = 2\nc()\nd()\n", "b = 2\nc()\na = 1\nd()\n"),
        ("a = 1\nb = 2\nc()\nd()", "d()\na = 1\nb = 2\nc()\n"),
        ("a.sort()\nwhile a:\n    a.pop()\n", "while a:\n    a.sort()\n    a.pop()\n"),
    ],
)
def test_statement_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "a = 1\nb = 2\n",
        "def f():\n    a = 1\n",
        "a = 1\nb = a\n",
        "for i in r:\n    a = i\n    b = 1\n",
        "if a:\n    b()\n",
        "for i in r:\n    a = i\nb = 1\n",
    ],
)
def test_statement_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
