"""A literal bent until one test is green is no repair."""

import pytest

from hexci.domain.repair.grounds import Refusal, lacks_ground
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import Edit


def patch_to(*texts: str, suspect: bool = False, line: int = 4) -> Patch:
    """A patch that puts `texts` somewhere."""
    return Patch(
        edits=(("a.py", tuple(Edit(0, 1, text) for text in texts)),),
        files={},
        units=None,
        family="constant",
        operator="",
        line=line,
        score=1.0,
        suspect=suspect,
        digest="",
    )


BENT = patch_to("1000001")


@pytest.mark.parametrize("text", ["1000001", "-7", "2.5", "'%d'", "b'x'"])
def test_a_lone_literal_that_one_test_asks_for_has_no_ground(text: str) -> None:
    assert lacks_ground([patch_to(text)], ["t"], ())


@pytest.mark.parametrize("text", ["0", "1", "-1", "2", "True", "None", "[]", "n + 1", "size", ""])
def test_small_numbers_empty_values_and_code_need_no_ground(text: str) -> None:
    assert not lacks_ground([patch_to(text)], ["t"], ())


def test_a_second_failing_test_is_a_ground() -> None:
    assert not lacks_ground([BENT], ["t", "u"], ())


def test_a_passing_test_that_refuses_another_edit_of_the_line_is_a_ground() -> None:
    assert not lacks_ground([BENT], ["t"], {Refusal("a.py", 4)})
    assert lacks_ground([BENT], ["t"], {Refusal("a.py", 5)})


def test_a_plausible_edit_of_another_kind_is_a_ground() -> None:
    assert not lacks_ground([BENT, patch_to("limit")], ["t"], ())


def test_other_literals_and_anti_patterns_are_no_ground() -> None:
    assert lacks_ground([BENT, patch_to("1000002"), patch_to("x", suspect=True)], ["t"], ())


def test_a_patch_of_two_literals_is_as_bent_as_each() -> None:
    assert lacks_ground([patch_to("9", "8")], ["t"], ())
    assert not lacks_ground([patch_to("9", "n")], ["t"], ())
