"""A search ends by counting, so that two machines end alike."""

from collections.abc import Callable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.repair.stopping import last_to_try

NUMBERS = st.sets(st.integers(1, 3000), max_size=12)


def test_nothing_plausible_goes_on_to_the_end() -> None:
    assert last_to_try([], 20_000, 1) == 20_000


def test_rivals_get_the_chance_that_the_first_had() -> None:
    assert last_to_try([400, 450], 20_000, 1) == 800
    assert last_to_try([400, 450], 600, 1) == 600


def test_one_that_has_no_rival_waits_longer_and_only_for_its_first() -> None:
    assert last_to_try([10], 20_000, 1) == 1010
    assert last_to_try([10, 400], 20_000, 1) == 400
    assert last_to_try([10, 1900], 20_000, 1) == 1010
    assert last_to_try([10, 100, 200], 20_000, 1) == 310


def test_what_many_failing_tests_ask_for_waits_a_third_as_long() -> None:
    assert last_to_try([10, 20], 20_000, 2) == 310
    assert last_to_try([10, 20], 20_000, 3) == 110
    assert last_to_try([10], 20_000, 3) == 343
    assert last_to_try([400, 450], 20_000, 9) == 800


def test_what_makes_no_sense_ends_a_search_only_much_later() -> None:
    assert last_to_try([], 20_000, 1, [10]) == 2010
    assert last_to_try([], 20_000, 1, [1000, 10]) == 2010
    assert last_to_try([], 20_000, 1, [1000]) == 4000
    assert last_to_try([300, 400], 20_000, 1, [10]) == 600


@given(NUMBERS, NUMBERS, st.integers(1, 3000), st.integers(0, 9))
def test_more_plausible_patches_never_make_a_search_longer(
    known: set[int], senseless: set[int], more: int, tests: int
) -> None:
    before = last_to_try(known, 5000, tests, senseless)
    assert last_to_try({*known, more}, 5000, tests, senseless) <= before
    assert last_to_try(known, 5000, tests, {*senseless, more}) <= before


@given(st.sets(st.integers(1, 200), max_size=6), st.randoms(use_true_random=False))
def test_what_is_heard_does_not_depend_on_whose_trial_ends_first(
    plausible: set[int], chance: Random
) -> None:
    def in_order(running: list[int]) -> int:
        return running.pop(0)

    def by_chance(running: list[int]) -> int:
        return running.pop(chance.randrange(len(running)))

    assert heard(plausible, in_order) == heard(plausible, by_chance)


def heard(plausible: set[int], next_to_end: Callable[[list[int]], int]) -> set[int]:
    """A search that tries eight patches at a time, which end as they like."""
    pulled, known, running = 0, set[int](), list[int]()
    while True:
        while len(running) < 8 and pulled < last_to_try(known, 400, 2):
            pulled += 1
            running.append(pulled)
        if not running:
            return {number for number in known if number <= last_to_try(known, 400, 2)}
        known |= {next_to_end(running)} & plausible
