from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from fakes.models import EVERYTHING, DeceitfulModel, ScriptedModel, SleepingClock, metered
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.machine.clock import SystemClock
from hexci.domain.agent.budget import Ceilings, Price, Spent, prompt_bound
from hexci.domain.agent.conversation import Message, Reply, Request, Role, Usage
from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.errors import BudgetError, DeadlineError, DeniedError, ModelError
from hexci.ports.gateway import Denial
from hexci.ports.model import ModelFault
from hexci.usecases.enforce_law import LawGateway, root_gateway
from hexci.usecases.metered_model import MeteredModel, Purse, Waiting

ASK = Request((Message(Role.USER, "x" * 100),), (), max_output=1000, timeout=60.0)
DEAR = Price(input=10.0, output=50.0)
OK = Reply("yes", usage=Usage(50, 5))


def test_a_reply_costs_what_the_provider_counted() -> None:
    model = metered(ScriptedModel(OK), price=DEAR)
    model.complete(ASK)
    assert model.spent.usd == pytest.approx((50 * 10 + 5 * 50) / 1e6)
    assert (model.spent.tokens, model.spent.calls) == (55, 1)


def test_a_reply_without_usage_costs_the_worst_case() -> None:
    model = metered(ScriptedModel(Reply("yes", usage=None)))
    model.complete(ASK)
    assert model.spent.tokens == prompt_bound(ASK) + 1000


def test_a_call_that_could_exceed_the_dollars_is_never_made() -> None:
    scripted = ScriptedModel(OK)
    with pytest.raises(BudgetError, match="max-usd"):
        metered(scripted, price=DEAR, ceilings=Ceilings(usd=0.001)).complete(ASK)
    assert scripted.requests == []


def test_a_call_that_could_exceed_the_tokens_is_never_made() -> None:
    scripted = ScriptedModel(OK)
    with pytest.raises(BudgetError, match="max-tokens"):
        metered(scripted, ceilings=Ceilings(tokens=300)).complete(ASK)
    assert scripted.requests == []


def test_no_more_calls_than_allowed_are_made_however_many_fail() -> None:
    scripted = ScriptedModel(ModelFault("busy", again=True), ModelFault("busy", again=True), OK)
    with pytest.raises(BudgetError, match="max-calls 2"):
        metered(scripted, ceilings=Ceilings(calls=2)).complete(ASK)
    assert len(scripted.requests) == 2


def test_the_reply_is_made_shorter_when_that_is_affordable() -> None:
    scripted = ScriptedModel(OK)
    limit = prompt_bound(ASK) + 500
    metered(scripted, ceilings=Ceilings(tokens=limit)).complete(ASK)
    assert scripted.requests[0].max_output == 500


def test_dollars_cannot_be_kept_without_a_price() -> None:
    with pytest.raises(BudgetError, match="no known price"):
        metered(ScriptedModel(OK), ceilings=Ceilings(usd=5.0)).complete(ASK)


def test_tokens_stand_in_for_dollars_where_no_price_is_known() -> None:
    model = metered(ScriptedModel(OK), ceilings=Ceilings(usd=5.0, tokens=10_000))
    assert model.complete(ASK) == OK


def test_the_server_is_waited_for_as_long_as_it_asks() -> None:
    clock = SleepingClock()
    scripted = ScriptedModel(ModelFault("429", again=True, wait=7.0), OK)
    assert metered(scripted, clock=clock).complete(ASK) == OK
    assert clock.slept == [7.0]


def test_waits_double_without_a_word_from_the_server() -> None:
    clock = SleepingClock()
    faults = [ModelFault("503", again=True) for _ in range(4)]
    metered(ScriptedModel(*faults, OK), clock=clock).complete(ASK)
    assert clock.slept == [0.5, 1.0, 2.0, 4.0]


def test_nobody_waits_past_the_runs_time() -> None:
    clock = SleepingClock()
    scripted = ScriptedModel(ModelFault("429", again=True, wait=3600.0), OK)
    with pytest.raises(DeadlineError):
        metered(scripted, clock=clock).complete(ASK)
    assert clock.slept == []


def test_tries_end() -> None:
    scripted = ScriptedModel(*(ModelFault("503", again=True) for _ in range(9)))
    with pytest.raises(ModelError, match="after 5 tries"):
        metered(scripted).complete(ASK)
    assert len(scripted.requests) == 5


def test_a_fault_for_good_is_not_tried_again() -> None:
    scripted = ScriptedModel(ModelFault("wrong key"), OK)
    with pytest.raises(ModelError, match="wrong key"):
        metered(scripted).complete(ASK)
    assert len(scripted.requests) == 1


def test_a_call_that_broke_halfway_is_paid_for() -> None:
    scripted = ScriptedModel(ModelFault("reset", again=True, charged=True), OK)
    model = metered(scripted)
    model.complete(ASK)
    assert model.spent == Spent(0.0, prompt_bound(ASK) + 1000 + 55, 2)


@given(
    st.lists(st.sampled_from(["all", "half", "untold"]), min_size=1, max_size=8),
    st.floats(0.0001, 0.2),
    st.integers(100, 20_000),
    st.integers(1, 6),
)
def test_no_model_makes_a_run_spend_more_than_its_ceilings(
    behaviour: list[str], usd: float, tokens: int, calls: int
) -> None:
    greedy = {
        "all": lambda r: Usage(prompt_bound(r), r.max_output),
        "half": lambda r: Usage(prompt_bound(r) // 2, r.max_output // 2),
        "untold": lambda r: None,
    }
    ceilings = Ceilings(usd, tokens, calls)
    model = metered(DeceitfulModel(greedy[b] for b in behaviour), price=DEAR, ceilings=ceilings)
    messages = ASK.messages
    for _ in behaviour:
        try:
            model.complete(Request(messages, (), max_output=4096))
        except BudgetError:
            break
        messages = (*messages, Message(Role.USER, "go on"))
    assert model.purse.spent.usd <= usd + 1e-9
    assert model.purse.spent.tokens <= tokens
    assert model.purse.spent.calls <= calls


class Meeting:
    """A law under which everybody asks what is left before anybody spends, unless kept out."""

    def __init__(self, people: int) -> None:
        self.law = root_gateway(EVERYTHING, Ceiling(), lambda _: None)
        self.perform = self.law.perform
        self.barrier = Barrier(people)

    def left(self, verb: str, scope: str) -> Ceiling:
        with suppress(BrokenBarrierError):
            self.barrier.wait(0.1)
        return self.law.left(verb, scope)


def test_models_that_are_asked_at_once_cannot_overrun_what_they_share() -> None:
    gateway = Meeting(4)
    limit = 2 * (prompt_bound(ASK) + 1000)
    model = metered(
        DeceitfulModel([lambda r: Usage(prompt_bound(r), r.max_output)] * 4),
        ceilings=Ceilings(tokens=limit),
        gateway=gateway,  # type: ignore[arg-type]
    )

    def ask(_: int) -> str:
        try:
            model.complete(ASK)
        except BudgetError:
            return "refused"
        return "answered"

    with ThreadPoolExecutor(4) as pool:
        ends = sorted(pool.map(ask, range(4)))
    assert ends == ["answered", "answered", "refused", "refused"]
    assert model.purse.spent == Spent(0.0, limit, 2) == model.spent


def test_who_finds_nothing_left_waits_for_what_a_call_under_way_gives_back() -> None:
    purse = Purse(Ceilings(tokens=1500))
    gateway = root_gateway(EVERYTHING, Ceiling(), lambda _: None)
    waiting = Waiting(SystemClock(), lambda _: None, lambda: 1.0)
    first = MeteredModel(ScriptedModel(OK), None, purse, waiting, gateway)
    chosen = purse.set_aside(lambda _: (ASK, Spent(0.0, 1400, 1)), 1.0)
    with ThreadPoolExecutor(1) as pool:
        reply = pool.submit(first.complete, ASK)
        purse.settle(chosen[1], Spent(0.0, 10, 1))
        assert reply.result(30) == OK
    assert purse.spent == Spent(0.0, 65, 2)


def law(*layers: CapLayer, ceiling: Ceiling | None = None, denied: list[Denial]) -> LawGateway:
    return root_gateway(Authority(layers), ceiling or Ceiling(), denied.append)


def test_a_model_that_was_not_granted_is_never_asked() -> None:
    scripted, denied = ScriptedModel(OK), list[Denial]()
    gateway = law(CapLayer("pipeline", (Cap("llm", "local"),)), denied=denied)
    with pytest.raises(DeniedError, match="openai/scripted"):
        metered(scripted, gateway=gateway).complete(ASK)
    assert scripted.requests == []
    assert [(d.verb, d.scope) for d in denied] == [("llm", "openai/scripted")]


def test_the_laws_ceiling_holds_beside_the_runs_own() -> None:
    scripted = ScriptedModel(OK, OK)
    ceiling = Ceiling(calls=1, tokens=prompt_bound(ASK) + 500)
    model = metered(scripted, gateway=law(EVERYTHING.layers[0], ceiling=ceiling, denied=[]))
    model.complete(ASK)
    assert scripted.requests[0].max_output == 500
    with pytest.raises(BudgetError):
        model.complete(ASK)
    assert len(scripted.requests) == 1


def test_a_call_that_was_turned_down_costs_the_law_one_call() -> None:
    gateway = law(EVERYTHING.layers[0], ceiling=Ceiling(calls=5), denied=[])
    scripted = ScriptedModel(ModelFault("busy", again=True), OK)
    metered(scripted, gateway=gateway).complete(ASK)
    assert (gateway.used.calls, gateway.used.tokens) == (2, 55)
