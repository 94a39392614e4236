from fakes.rewrites import rewrites

from hexci.domain.repair.families.branches import FAMILY


def test_two_branches_change_places_and_the_rest_of_the_chain_stays() -> None:
    before = "if a:\n    b()\nelif c:\n    d()\n    e()\nelse:\n    f()\n"
    after = "if c:\n    d()\n    e()\nelif a:\n    b()\nelse:\n    f()\n"
    assert after in rewrites(FAMILY, before)


def test_an_if_in_an_else_is_no_branch_of_the_same_chain() -> None:
    assert rewrites(FAMILY, "if a:\n    b()\nelse:\n    if c:\n        d()\n") == []
    assert rewrites(FAMILY, "if a: b()\nelif c: d()\n") == []


def test_what_was_done_else_is_done_where_a_condition_says_so() -> None:
    before = "def f(a, b):\n    if a < b - 1:\n        g(a)\n    else:\n        g(b)\n"
    found = rewrites(FAMILY, before, types={"a": "int", "b": "int"})
    assert before.replace("else:", "elif a > b + 1:") in found
    assert before.replace("else:", "elif a == b:") in found
