"""Wires the gate for a change of anyone's."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.evidence import build_bench
from hexci.compose.planning import config_at, plan_of

if TYPE_CHECKING:
    from hexci.domain.config import Config
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Plan
    from hexci.usecases.hearing import Terms
    from hexci.usecases.plan_task import TaskRequest


def judge(  # noqa: PLR0913 - what a person may say on the command line
    request: "TaskRequest",
    base: str,
    head: str,
    patch: bytes | None,
    *,
    as_json: bool,
    minimise: bool = False,
) -> "tuple[Outcome, str]":
    """The gate on the change from `base` to `head`, or on `patch`; outcome and what to print.

    `minimise` looks for the smallest part of an accepted change that is accepted as well.
    """
    from dataclasses import replace

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.adapters.sinks.verdict import as_document, as_text
    from hexci.usecases.gate_change import gate_change
    from hexci.usecases.hearing import RedRuns
    from hexci.usecases.minimise_change import minimise_change

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        config = config_at(quarters, checkout.resolve(base))
        plan = plan_of(request, base, config, checkout, quarters, progress)
        vault = quarters.vault
        if patch is None:
            tree = vault.tree_of(checkout.resolve(head))
        else:
            tree = vault.patched(plan.base_tree, patch)
        change = vault.change(plan.base_tree, tree)
        terms = replace(terms_of(plan, config), exact=True)
        bench = build_bench(checkout, quarters, plan.base_commit, progress)
        deadline = bench.clock.monotonic() + plan.limits.timeout
        reds = RedRuns(terms, rooms=bench.rooms, runner=bench.runner)
        verdict = gate_change(change, terms=terms, bench=bench, reds=reds)
        smaller = None
        if minimise and verdict.accepted:
            smaller = minimise_change(
                change, verdict, terms=terms, bench=bench, reds=reds, deadline=deadline
            )
    write = as_document if as_json else as_text
    return verdict.outcome, write(verdict, plan, smaller)


def terms_of(plan: "Plan", config: "Config") -> "Terms":
    """What the gate judges by: the plan's evidence, mode and paths."""
    from hexci.usecases.hearing import Terms

    return Terms(
        evidence=plan.evidence,
        mode=plan.mode,
        paths=plan.paths,
        require_account=_account_required(config),
    )


def _account_required(config: "Config") -> bool:
    """As configured; else required in CI, where nobody watches."""
    import os

    if config.require_account is not None:
        return config.require_account
    return os.environ.get("CI", "").lower() in {"1", "true"}
