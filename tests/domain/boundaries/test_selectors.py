"""Where modules are placed, with and without an expression."""

from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.boundaries.selectors import place

NAMES = st.lists(st.sampled_from(("a", "b", "ab", "c")), min_size=1, max_size=3).map(".".join)


@given(groups=st.lists(st.lists(NAMES, max_size=3), max_size=4), modules=st.lists(NAMES))
def test_plain_names_are_placed_as_the_expression_places_them(
    groups: list[list[str]], modules: list[str]
) -> None:
    # a wildcard somewhere needs the expression for all
    by_expression = place([*groups, ["no*thing"]], modules, modules)
    assert place(groups, modules, modules) == by_expression


def test_the_longest_pattern_wins_and_a_part_of_a_name_is_none() -> None:
    modules = ["shop", "shop.domain", "shop.domain.order", "shops", "shop.domains"]
    found = place([["shop"], ["shop.domain"]], modules, modules)
    assert found.groups == [0, 1, 1, -1, 0]
    assert found.parts == ["shop", "shop.domain", "shop.domain", "", "shop"]
