"""Wires the adversarial review: lenses, proofs, and what is written of them."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.candidates import Models, Tape, build_desk, charter_of
from hexci.compose.evidence import build_bench
from hexci.compose.planning import config_at, plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.finding import Report
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Plan
    from hexci.domain.review.review import Review
    from hexci.ports.gateway import Gateway
    from hexci.ports.lens import Lens
    from hexci.usecases.gate_change import Bench
    from hexci.usecases.plan_task import TaskRequest


@dataclass(frozen=True, slots=True)
class Hunted:
    """A whole review with its findings; or, where the gate does not pass, what it printed."""

    found: "Review | None"
    report: "Report"
    red: str = ""

    @property
    def outcome(self) -> "Outcome":
        """How it ended."""
        from hexci.domain.outcome import Outcome

        return self.found.outcome if self.found else Outcome.EVIDENCE_FAILED


def review(
    request: "TaskRequest", target: str, names: "Sequence[str]", tape: Tape, format_name: str
) -> "tuple[Outcome, str]":
    """Reviews `target` (a path, or BASE..HEAD); the outcome and what to print.

    `names` choose lenses (none: all that can look). Nothing of the repository is changed.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.usecases.review_scope import sides_of

    checkout = Checkout.at(Path.cwd())
    base, head = sides_of(target) or ("HEAD", "HEAD")
    with quarters_for(checkout) as quarters:
        hunted = hunt(request, target, (head, base), names, tape, checkout, quarters)
    if hunted.found is None:
        return hunted.outcome, hunted.red
    return hunted.outcome, written(hunted.found, hunted.report, format_name)


def hunt(  # noqa: PLR0913, PLR0917 - what was asked for, and where it comes from
    request: "TaskRequest",
    target: str,
    sides: "tuple[str, str]",
    names: "Sequence[str]",
    tape: Tape,
    checkout: "Checkout",
    quarters: "Quarters",
    above: "Gateway | None" = None,
) -> Hunted:
    """Reviews `target` at the head of `sides`, by the config of the other of them.

    Models are asked below the law `above`, where there is one.
    """
    from hexci.adapters.sinks.progress import progress_for
    from hexci.domain.finding import Report
    from hexci.ports.lens import Scene
    from hexci.usecases.prove_claims import Means
    from hexci.usecases.review_code import gate_run, review_code, sites_of
    from hexci.usecases.review_scope import sides_of

    head, law = sides
    base, _ = sides_of(target) or (head, head)
    with progress_for(sys.stderr) as progress:
        config = config_at(quarters, checkout.resolve(law))
        plan = plan_of(request, head, config, checkout, quarters, progress)
        bench = build_bench(checkout, quarters, plan.base_commit, progress)
        means = Means(quarters.vault, bench.rooms, bench.runner, progress)
        green = gate_run(plan.base_tree, plan.evidence, means)
        if not green.green:
            return Hunted(None, Report("review"), _not_green(green.output))
        lines = _lines(target, checkout, quarters, plan)
        base_tree = quarters.vault.tree_of(checkout.resolve(base)) if base != head else ""
        deadline = bench.clock.monotonic() + plan.limits.timeout
        scene = Scene(plan.base_tree, plan.evidence, green, deadline, lines, base_tree, plan.seed)
        models = Models(plan, tape, charter_of(plan, (), lambda _: None, above))
        with models.closing:
            lenses = _lenses(names, plan, checkout, quarters, bench, models)
            found = review_code(scene, lenses, means)
        return Hunted(found, found.report(sites_of(found.confirmed, scene, quarters.vault)))


def _not_green(output: str) -> str:
    tail = "\n".join(output.splitlines()[-15:])
    said = "the gate does not pass on the code as it is: a review needs a green start"
    return f"{said}\n{tail}\n"


def _lines(
    target: str, checkout: "Checkout", quarters: "Quarters", plan: "Plan"
) -> "Mapping[str, frozenset[int]]":
    from hexci.usecases.review_scope import changed_lines, sides_of, whole_files

    sides = sides_of(target)
    if sides is None:
        return whole_files(target, quarters.vault.files(plan.base_tree))
    before = quarters.vault.tree_of(checkout.resolve(sides[0]))
    return changed_lines(quarters.vault.change(before, plan.base_tree))


def _lenses(  # noqa: PLR0913, PLR0917
    names: "Sequence[str]",
    plan: "Plan",
    checkout: "Checkout",
    quarters: "Quarters",
    bench: "Bench",
    models: Models,
) -> "Sequence[Lens]":
    from hexci.adapters.fuzzing.kit import HypothesisKit
    from hexci.domain.review.asking import QUESTIONS
    from hexci.errors import BadInputError
    from hexci.usecases.review_by_model import ModelLens
    from hexci.usecases.review_by_search import SEARCHES, SearchLens

    kit, paths = HypothesisKit(), frozenset(quarters.vault.files(plan.base_tree))
    known: dict[str, Lens] = {
        name: SearchLens(name, kit, bench.rooms, bench.runner, bench.clock, paths)
        for name in SEARCHES
    }
    desk = build_desk(plan, checkout.top, quarters, bench, models)
    for spec in plan.candidates:
        model = models.metered(spec)
        if model is not None:
            for name in QUESTIONS:
                known.setdefault(name, ModelLens(name, model, desk, bench.clock))
    unknown = [name for name in names if name not in known]
    if unknown:
        hint = " A question to a model needs --candidate." if unknown[0] in QUESTIONS else ""
        raise BadInputError(
            f"--lens {unknown[0]!r} cannot look here", f"Here can: {', '.join(known)}.{hint}"
        )
    return [lens for name, lens in known.items() if not names or name in names]


def written(found: "Review", report: "Report", format_name: str) -> str:
    """A review as `text`, `json` or one of the formats of reports."""
    from hexci.adapters.sinks.report import render
    from hexci.adapters.sinks.review import as_document, as_text

    if format_name == "json":
        return as_document(found, report)
    return as_text(found, report) if format_name == "text" else render(report, format_name)
