from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.law.caps import VERBS, Authority, Cap, CapLayer
from hexci.domain.law.effective import Effective, Layer, effective
from hexci.domain.law.limits import LIMITS, Ceiling, smallest

LIMIT = st.none() | st.integers(0, 9)
CAPS = st.builds(Cap, st.sampled_from(sorted(VERBS)[:4]), st.sampled_from(["", "a", "a/**"]))
CAP_LAYERS = st.none() | st.builds(
    CapLayer,
    st.just("x"),
    st.none() | st.lists(CAPS, max_size=4).map(tuple),
    st.lists(CAPS, max_size=2).map(tuple),
)
LAYERS = st.lists(
    st.builds(
        Layer,
        st.sampled_from(["config", "pipeline", "node"]),
        st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 3)),
        st.builds(Ceiling, usd=LIMIT, calls=LIMIT, files=LIMIT, seconds=LIMIT),
        CAP_LAYERS,
    ),
    max_size=4,
)


def told(layers: list[Layer], name: str) -> list[Effective]:
    return [one for one in effective(layers) if one.name == name]


@given(LAYERS)
def test_a_limit_is_the_smallest_that_is_stated_and_names_who_stated_it(
    layers: list[Layer],
) -> None:
    merged = smallest([layer.limits for layer in layers])
    for part, name in LIMITS.items():
        least = getattr(merged, part)
        shown = told(layers, f"limits.{name}")
        assert [one.value for one in shown] == ([] if least is None else [least])
        for one in shown:
            stated = [x for x in layers if x.origin == one.origin]
            assert one.value in {getattr(x.limits, part) for x in stated}


@given(LAYERS)
def test_what_is_shown_as_allowed_is_what_the_law_allows(layers: list[Layer]) -> None:
    authority = Authority(tuple(layer.caps for layer in layers if layer.caps))
    shown = {str(one.value) for one in told(layers, "caps.allow")}
    named = {cap for x in layers if x.caps for cap in x.caps.allow or ()}
    assert shown == {str(cap) for cap in named if authority.permits(cap.verb, cap.scope)}


@given(LAYERS)
def test_of_a_value_the_last_word_counts_and_the_others_are_shown(layers: list[Layer]) -> None:
    for name in ("a", "b"):
        said = [(x.origin, x.values[name]) for x in layers if name in x.values]
        assert [(one.origin, one.value) for one in told(layers, name)] == said[-1:]
        assert [one.others for one in told(layers, name)] == ([tuple(said[:-1])] if said else [])


@given(LAYERS)
def test_every_denial_is_shown(layers: list[Layer]) -> None:
    denied = [str(cap) for x in layers if x.caps for cap in x.caps.deny]
    assert sorted(str(one.value) for one in told(layers, "caps.deny")) == sorted(denied)
