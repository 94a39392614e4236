import pytest
from fakes.plans import plan_for

from hexci.adapters.sinks.run_result import as_text
from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome
from hexci.domain.run_result import RunResult, Tried


@pytest.mark.parametrize(
    ("usage", "told"),
    [
        ((("prompt_tokens", 900), ("completion_tokens", 100), ("usd", 0.0125)),
         "x: no_change in 2.0 s, 1000 tokens, $0.0125: gave up"),
        ((("prompt_tokens", 900), ("completion_tokens", 100), ("usd", None)),
         "x: no_change in 2.0 s, 1000 tokens, price not known: gave up"),
        ((), "x: no_change in 2.0 s: gave up"),
    ],
)  # fmt: skip
def test_a_person_is_told_what_a_model_used(usage: tuple[tuple[str, Json], ...], told: str) -> None:
    tried = (Tried("x", Outcome.NO_CHANGE, 2.0, "gave up", usage),)
    result = RunResult("r1", plan_for("do it"), Outcome.NO_CHANGE, tried=tried)
    assert as_text(result).splitlines()[0].strip() == told
