"""Wires the lenses of a review: searches, comparisons, our own checkers, and models."""

from dataclasses import replace
from typing import TYPE_CHECKING

from hexci.compose.candidates import Models, build_desk
from hexci.compose.debates import asking_role, law_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.debate.roles import Role
    from hexci.domain.finding import Report
    from hexci.domain.plan import Plan
    from hexci.ports.lens import Lens
    from hexci.usecases.hearing import Bench


def build_lenses(  # noqa: PLR0913, PLR0917
    names: "Sequence[str]",
    plan: "Plan",
    target: str,
    checkout: "Checkout",
    quarters: "Quarters",
    bench: "Bench",
    models: Models,
) -> "Sequence[tuple[Role, Lens]]":
    """Every lens that is to look at the plan's tree, with its part in the debate."""
    from hexci.adapters.fuzzing.kit import HypothesisKit
    from hexci.adapters.models.specs import is_model
    from hexci.domain.debate.roles import Role
    from hexci.domain.plan import Mode
    from hexci.domain.review.asking import QUESTIONS
    from hexci.errors import BadInputError
    from hexci.usecases.review_by_comparing import DifferencesLens, MutantsLens
    from hexci.usecases.review_by_model import ModelLens
    from hexci.usecases.review_by_rules import RulesLens
    from hexci.usecases.review_by_search import SEARCHES, Searching, SearchLens
    from hexci.usecases.review_scope import sides_of

    has_base = sides_of(target) is not None
    paths = frozenset(quarters.vault.files(plan.base_tree))
    searching = Searching(HypothesisKit(), bench.rooms, bench.runner, bench.clock, paths)
    known: dict[str, Lens] = {name: SearchLens(name, searching) for name in SEARCHES}
    if has_base and plan.mode is Mode.REFACTOR:
        known["differences"] = DifferencesLens(searching)
    if has_base or "mutants" in names:
        known["mutants"] = MutantsLens(searching, quarters.vault)
    known["rules"] = RulesLens(_checks(target, plan, checkout))
    roles = {name: Role(f"lens-{name}", "search", ("spawn", "fs.read")) for name in known}
    desk = build_desk(plan, checkout.top, quarters, bench, models)
    for spec in plan.candidates:
        for name in QUESTIONS if is_model(spec) else ():
            if name not in known:
                roles[name] = asking_role(f"lens-{name}", spec)
                law = law_of(roles[name], models.charter.gateway)
                model = models.metered(spec, roles[name].name, law)
                if model is not None:
                    lens = ModelLens(name, model, replace(desk, gateway=law), bench.clock)
                    known[name] = lens
    unknown = [name for name in names if name not in known]
    if unknown:
        hint = " A question to a model needs --candidate." if unknown[0] in QUESTIONS else ""
        raise BadInputError(
            f"--lens {unknown[0]!r} cannot look here", f"Here can: {', '.join(known)}.{hint}"
        )
    return [(roles[n], lens) for n, lens in known.items() if not names or n in names]


def _checks(target: str, plan: "Plan", checkout: "Checkout") -> "tuple[Callable[[], Report], ...]":
    """What our own checkers say is new; of a whole tree only its boundaries."""
    from functools import partial

    from hexci.compose.checking import check_boundaries
    from hexci.compose.ledger_judging import new_findings
    from hexci.usecases.review_scope import sides_of

    root, sides = str(checkout.top), sides_of(target)
    if checkout.top is None:
        return ()
    base = checkout.resolve(sides[0]) if sides else ""

    def boundaries() -> "Report":
        return check_boundaries(root, base, plan.base_commit).report

    if not base:
        return (boundaries,)
    return boundaries, partial(new_findings, checkout.top, base, plan.base_commit)
