"""What the gate costs and its steps are worth, for a person and for a program."""

import json
from collections.abc import Sequence

from hexci.domain.canonical import Json, plain
from hexci.domain.gate_cost import SECONDS, TIMES, GateCost, Worth
from hexci.domain.measurement import Paired, spread


def as_text(costs: Sequence[GateCost], worth: Worth | None) -> str:
    """A block a suite, then a line a step of the catalogue."""
    lines = [line for cost in costs for line in _block(cost)]
    return "\n".join([*lines, *_worth(worth)]) + "\n"


def as_document(costs: Sequence[GateCost], worth: Worth | None) -> str:
    """One JSON document; `worth` is null where there is no catalogue."""
    document: dict[str, Json] = {
        "allowed": f"{TIMES} x evidence + {SECONDS} s",
        "suites": [
            {
                "tests": cost.tests,
                **_pair(cost.wall),
                "steps": {name: list(seconds) for name, seconds in cost.steps.items()},
                "allowed": list(cost.allowed),
                "within": cost.within,
            }
            for cost in costs
        ],
        "worth": plain(worth) if worth else None,
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _pair(pair: Paired) -> dict[str, Json]:
    return {
        "gate": list(pair.ours),
        "evidence": list(pair.theirs),
        "ratios": list(pair.ratios),
        "noise": pair.noise,
    }


def _block(cost: GateCost) -> list[str]:
    wall = cost.wall
    within = f"{cost.within} of {len(wall.ours)} runs within {TIMES:g} S + {SECONDS:g} s"
    return [
        f"{wall.name}, one of them red, {len(wall.ours)} pairs (min / median / max)",
        f"  evidence {_three(wall.theirs)} s, noise {wall.noise:.0%}",
        f"  gate     {_three(wall.ours)} s, ratio {_three(wall.ratios)}; {within}",
        *(f"    {name:9} {_three(seconds)} s" for name, seconds in cost.steps.items()),
    ]


def _worth(worth: Worth | None) -> list[str]:
    if worth is None:
        return ["No catalogue of attacks here (it is in hexci's own checkout): times only."]
    head = f"{worth.attacks} attacks, {worth.accepted} accepted; refused by, and lost without:"
    return [
        head,
        *(
            f"  {step.step:9} {step.caught:4} ({step.caught / worth.attacks:4.0%}) {step.lost:4}"
            for step in worth.steps
        ),
    ]


def _three(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.2f}" for value in spread(values))
