from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.law.limits import Amounts, Ceiling, smallest

LIMIT = st.none() | st.integers(0, 9)
CEILINGS = st.builds(
    Ceiling, usd=LIMIT, tokens=LIMIT, calls=LIMIT, tool_calls=LIMIT, files=LIMIT, seconds=LIMIT
)
NUMBER = st.integers(0, 9)
AMOUNTS = st.builds(Amounts, usd=NUMBER, tokens=NUMBER, calls=NUMBER, tool_calls=NUMBER)


@given(st.lists(CEILINGS, min_size=1, max_size=4), AMOUNTS, AMOUNTS)
def test_the_merged_ceiling_refuses_exactly_what_some_ceiling_refuses(
    ceilings: list[Ceiling], used: Amounts, asked: Amounts
) -> None:
    refused = any(ceiling.excess(used, asked) for ceiling in ceilings)
    assert bool(smallest(ceilings).excess(used, asked)) == refused


@given(AMOUNTS, AMOUNTS)
def test_amounts_add_and_subtract(one: Amounts, other: Amounts) -> None:
    assert one + other - other == one


@given(CEILINGS, AMOUNTS)
def test_what_is_left_is_never_negative_and_can_be_used(ceiling: Ceiling, used: Amounts) -> None:
    left = ceiling.left(used)
    rest = Amounts(tokens=left.tokens or 0)
    assert (left.tokens or 0) >= 0
    assert not ceiling.excess(used, rest) or rest.tokens == 0


def test_an_excess_says_what_is_left() -> None:
    ceiling = Ceiling(calls=3, origin="pipeline")
    said = ceiling.excess(Amounts(calls=2), Amounts(calls=2))
    assert said == "pipeline: max_calls 3: 1 left, 2 could be used"
