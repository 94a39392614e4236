"""Wires `/hex review`: a review of a commit as the forge is told of it."""

from typing import TYPE_CHECKING

from hexci.compose.candidates import Tape
from hexci.compose.review import hunt

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.asking.scene import Checked
    from hexci.domain.redaction import Redactor
    from hexci.usecases.plan_task import TaskRequest


def checked_review(  # noqa: PLR0913, PLR0917 - what was asked for, and where it comes from
    request: "TaskRequest",
    target: str,
    sides: "tuple[str, str]",
    checkout: "Checkout",
    quarters: "Quarters",
    redact: "Redactor",
) -> "Checked":
    """A review of `target` at the first of `sides`, by the config of the second."""
    from hexci.adapters.sinks import sarif
    from hexci.adapters.sinks.markdown import code, fenced
    from hexci.adapters.sinks.review_page import page
    from hexci.domain.asking.scene import Checked

    hunted = hunt(request, target, sides, (), Tape(), checkout, quarters)
    if hunted.found is None:
        red = fenced(redact(hunted.red))
        return Checked(hunted.report, red, "", hunted.outcome, run=hunted.run)
    usages = [dict(lens.usage) for lens in hunted.found.lenses]
    usd = sum(_number(usage.get("usd")) for usage in usages)
    kinds = ("prompt_tokens", "completion_tokens")
    tokens = sum(int(_number(usage.get(kind))) for usage in usages for kind in kinds)
    report = redact.all_of(hunted.report)
    said, log = page(redact.all_of(hunted.found)), sarif.render(report)
    said += f"\nrecord: {code(f'refs/hexci/runs/{hunted.run}')}\n"
    return Checked(report, said, log, hunted.outcome, usd, tokens, hunted.run)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
