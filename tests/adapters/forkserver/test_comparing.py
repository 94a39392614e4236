"""What a failed equality shows of its two sides."""

import unittest
from collections.abc import Callable

import pytest

from hexci.adapters.forkserver.inside.comparing import compared


def _sides(failing: Callable[[], None]) -> object:
    with pytest.raises(AssertionError) as caught:
        failing()
    return compared(caught.value)


class _Case(unittest.TestCase):
    def of_texts(self) -> None:
        self.assertEqual("x", "y")  # noqa: PT009 - the case's own way is what is tried

    def of_lists(self) -> None:
        self.assertEqual([1], [2])  # noqa: PT009


def _plain() -> None:
    name = "a b"
    assert name.split() == ["a", "c"]


def _of_objects() -> None:
    assert object() == 1


def _other_comparison() -> None:
    one, other = 1, 2
    assert one > other


def _never_the_same() -> None:
    values = iter([1, 2])
    assert next(values) == 2


def test_a_plain_assert_is_asked_again_for_both_sides() -> None:
    assert _sides(_plain) == ["['a', 'b']", "['a', 'c']"]


def test_a_case_of_unittest_has_its_sides_in_its_own_frames() -> None:
    assert _sides(_Case().of_texts) == ["'x'", "'y'"]
    assert _sides(_Case().of_lists) == ["[1]", "[2]"]


def test_what_is_no_plain_value_or_no_equality_is_left_out() -> None:
    for failing in (_of_objects, _other_comparison, _never_the_same):
        assert _sides(failing) is None
    assert compared(ValueError("not an assertion")) is None
