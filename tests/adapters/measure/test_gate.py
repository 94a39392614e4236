import json
from pathlib import Path

import pytest

from hexci.adapters.measure.gate import measure, worth_of_steps
from hexci.adapters.sinks.gate_costs import as_document, as_text
from hexci.domain.gate_cost import GateCost, StepWorth, Worth
from hexci.domain.measurement import Paired

PAIR = Paired("hexci gate, 10 tests", "bare", (4.0, 5.0), (1.0, 1.0))
COST = GateCost(10, PAIR, {"red": (1.0, 2.0)})


def test_a_run_may_take_two_and_a_half_times_its_evidence_and_two_seconds() -> None:
    assert (COST.allowed, COST.within) == ((4.5, 4.5), 1)
    assert "1 of 2 runs within 2.5 S + 2 s" in as_text([COST], None)


def test_without_a_catalogue_only_times_are_told(tmp_path: Path) -> None:
    assert worth_of_steps(tmp_path) is None
    assert as_text([COST], None).splitlines()[-1].startswith("No catalogue of attacks here")
    assert json.loads(as_document([COST], None))["worth"] is None


def test_the_catalogue_is_asked_where_it_is(tmp_path: Path) -> None:
    script = tmp_path / "tests" / "gate" / "worth.py"
    script.parent.mkdir(parents=True)
    told = {"attacks": 4, "accepted": 1, "steps": [{"step": "red", "caught": 3, "lost": 2}]}
    script.write_text(f"print({json.dumps(json.dumps(told))})\n")
    worth = worth_of_steps(tmp_path)
    assert worth == Worth(4, 1, (StepWorth("red", 3, 2),))
    assert "  red          3 ( 75%)    2" in as_text([COST], worth)


@pytest.mark.slow
def test_a_suite_is_made_judged_and_timed_step_by_step() -> None:
    (cost,) = measure(1, [5])
    names = ["policy", "protected", "vacuity", "red", "green", "honest", "proven", "stable"]
    assert (cost.tests, list(cost.steps)) == (5, names)
    # a run of the evidence is in each, so neither can be nothing
    assert min(cost.steps["red"][0], cost.wall.theirs[0]) > 0
    assert sum(seconds[0] for seconds in cost.steps.values()) < cost.wall.ours[0]
