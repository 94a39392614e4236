from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.law.limits import Amounts, Ceiling
from hexci.errors import BudgetError, DeniedError
from hexci.ports.gateway import Denial
from hexci.usecases.enforce_law import LawGateway, root_gateway

MODELS = Authority((CapLayer("config", (Cap("llm"),)),))
ONE = Amounts(calls=1)


def actual_of(amounts: Amounts) -> Callable[[], Amounts]:
    return lambda: amounts


def same(amounts: Amounts) -> Amounts:
    return amounts


@pytest.mark.parametrize("limit", [0, 1, 7])
def test_limit_n_stops_before_call_n_plus_1_under_parallel_nodes(limit: int) -> None:
    run = LawGateway(MODELS, Ceiling(calls=limit))
    together = Barrier(16)
    made: list[int] = []
    refused: list[str] = []

    def node(number: int) -> None:
        gateway = run.child(f"n{number}", None, Ceiling())
        together.wait()
        for _ in range(3):
            try:
                gateway.perform("llm", "x", lambda: made.append(number), worst=ONE)
            except BudgetError as error:
                refused.append(error.message)

    threads = [Thread(target=node, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (limit, 48 - limit)


def test_what_is_denied_is_never_begun_and_is_recorded() -> None:
    denials: list[Denial] = []
    gateway = LawGateway(MODELS, who="fix", denied=denials.append)
    begun: list[str] = []
    with pytest.raises(DeniedError) as caught:
        gateway.perform("spawn", "", lambda: begun.append("x"))
    assert begun == []
    assert caught.value.message == "fix: spawn is not among what config allows (llm)"
    assert denials == [Denial("fix", "spawn", "", "spawn is not among what config allows (llm)")]


def test_what_was_set_aside_and_not_used_comes_back() -> None:
    run = LawGateway(MODELS, Ceiling(usd=1))
    worst, real = Amounts(usd=1), Amounts(usd=0.25)
    child = run.child("a", None, Ceiling())
    child.perform("llm", "", lambda: None, worst=worst, used=lambda _: real)
    assert (run.used, run.left().usd) == (real, 0.75)


def test_a_call_that_breaks_counts_as_all_that_was_set_aside() -> None:
    run = LawGateway(MODELS, Ceiling(calls=3))

    def broken() -> None:
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        run.perform("llm", "", broken, worst=Amounts(calls=2), used=lambda _: ONE)
    assert run.used == Amounts(calls=2)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 4)), max_size=20),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_no_account_is_ever_overdrawn(
    calls: list[tuple[int, int, int]], most: int, child_most: int
) -> None:
    run = LawGateway(MODELS, Ceiling(tokens=most))
    children = [run.child(f"n{n}", None, Ceiling(tokens=child_most)) for n in range(3)]
    for who, worst, used in calls:
        actual = Amounts(tokens=min(worst, used))
        with suppress(BudgetError):
            children[who].perform(
                "llm", "", actual_of(actual), worst=Amounts(tokens=worst), used=same
            )
    assert run.used.tokens <= most
    assert all(child.used.tokens <= child_most for child in children)
    assert run.used.tokens == sum(child.used.tokens for child in children)


def test_a_limit_of_one_thing_is_shared_by_all_who_use_it() -> None:
    told: list[Denial] = []
    run = root_gateway(MODELS, Ceiling(calls=9), told.append, {("llm", "dear"): Ceiling(calls=2)})
    one, other = (run.child(name, None, Ceiling()) for name in ("one", "other"))
    for gateway in (one, other):
        gateway.perform("llm", "dear", lambda: None, worst=ONE)
    with pytest.raises(BudgetError, match="max_calls 2: 0 left"):
        one.perform("llm", "dear", lambda: None, worst=ONE)
    one.perform("llm", "cheap", lambda: None, worst=ONE)
    assert (one.left("llm", "dear").calls, one.left("llm", "cheap").calls) == (0, 6)
    assert [(d.who, d.limit, d.event) for d in told] == [("one", True, "limit.exceeded")]


def test_a_part_of_a_run_is_told_of_its_denials_and_so_is_the_run() -> None:
    above: list[Denial] = []
    own: list[Denial] = []
    run = LawGateway(MODELS, who="node", denied=above.append)
    part = run.child("", CapLayer("part", (Cap("spawn"),)), Ceiling(), own.append)
    with pytest.raises(DeniedError, match="node: llm:x is not among what part allows"):
        part.require("llm", "x")
    assert above == own
    assert [denial.who for denial in own] == ["node"]


CAPS = st.builds(Cap, st.sampled_from(["llm", "spawn", "net"]), st.sampled_from(["", "a", "a/b"]))
PARTS = st.tuples(
    st.integers(0, 5),
    st.none() | st.builds(CapLayer, st.just("x"), st.lists(CAPS, max_size=3).map(tuple)),
    st.builds(Ceiling, calls=st.none() | st.integers(0, 4), usd=st.none() | st.integers(0, 4)),
)
ACTS = st.tuples(st.integers(0, 5), CAPS, st.integers(0, 3), st.integers(0, 3))


@given(st.lists(PARTS, min_size=1, max_size=5), st.lists(ACTS, max_size=15), st.integers(0, 6))
def test_nobody_in_a_tree_ever_does_what_somebody_above_could_not(
    parts: list[tuple[int, CapLayer | None, Ceiling]],
    acts: list[tuple[int, Cap, int, int]],
    most: int,
) -> None:
    layer = CapLayer("config", (Cap("llm"), Cap("spawn")))
    tree = [LawGateway(Authority((layer,)), Ceiling(calls=most))]
    above = [-1]
    for parent, narrowing, ceiling in parts:
        at = parent % len(tree)
        tree.append(tree[at].child(f"n{len(tree)}", narrowing, ceiling))
        above.append(at)
    done: list[tuple[int, Cap, Amounts]] = []
    for who, cap, calls, usd in acts:
        at = who % len(tree)
        size = Amounts(calls=calls, usd=usd)
        with suppress(BudgetError, DeniedError):
            tree[at].perform(cap.verb, cap.scope, str, worst=size)
            done.append((at, cap, size))
    for at, cap, _ in done:
        assert all(tree[n].authority.permits(cap.verb, cap.scope) for n in _path(at, above))
    for number, gateway in enumerate(tree):
        below = [size for at, _, size in done if number in _path(at, above)]
        used = sum(below, Amounts())
        assert gateway.ceiling.excess(Amounts(), used) == ""


def _path(at: int, above: list[int]) -> list[int]:
    found = []
    while at >= 0:
        found.append(at)
        at = above[at]
    return found
