"""Wires the adversarial review: lenses, proofs, and what is written of them."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.candidates import Models, Tape, charter_of
from hexci.compose.debates import stored_to_resume
from hexci.compose.evidence import build_bench
from hexci.compose.lenses import build_lenses
from hexci.compose.main_job import Place, perform
from hexci.compose.planning import config_at, plan_of
from hexci.compose.records import sweep
from hexci.compose.review_record import review_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.compose.review_record import ReviewRecord
    from hexci.domain.evidence import EvidenceRun
    from hexci.domain.finding import Report
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Plan
    from hexci.domain.review.fix import Fix
    from hexci.domain.review.history import Known
    from hexci.domain.review.review import Review
    from hexci.domain.run_result import RunResult
    from hexci.ports.gateway import Gateway
    from hexci.ports.lens import Scene
    from hexci.ports.records import StoredRun
    from hexci.usecases.hearing import Bench
    from hexci.usecases.plan_task import TaskRequest


@dataclass(frozen=True, slots=True)
class Hunted:
    """A whole review with its findings; or, where the gate does not pass, what it printed."""

    found: "Review | None"
    report: "Report"
    red: str = ""
    run: str = ""

    @property
    def outcome(self) -> "Outcome":
        """How it ended."""
        from hexci.domain.outcome import Outcome

        return self.found.outcome if self.found else Outcome.EVIDENCE_FAILED


def review(  # noqa: PLR0913 - what a person may say on the command line
    request: "TaskRequest",
    target: str,
    names: "Sequence[str]",
    tape: Tape,
    format_name: str,
    *,
    fix: bool = False,
    resume: str = "",
    since: Path | None = None,
) -> "tuple[Outcome, str]":
    """Reviews `target` (a path, or BASE..HEAD); the outcome and what to print.

    `names` choose lenses (none: all that can look). Nothing of the repository is changed, but
    for the branches of fixes that landed, where `fix` asks for them. `resume` names a review that
    was killed, to be taken up; then only `tape` and `format_name` are looked at. `since` is a
    file with an earlier review's comment or JSON document: what is resolved is told.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.stored.plans import read_review
    from hexci.usecases.review_scope import sides_of

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        stored = stored_to_resume(resume, checkout, quarters) if resume else None
        if stored is not None:
            order = read_review(stored.files)
            target, names, fix = order.target, order.lenses, order.fix
            base, head = order.law, order.head
        else:
            base, head = sides_of(target) or ("HEAD", "HEAD")
        hunted = hunt(
            request, target, (head, base), names, tape, checkout, quarters, fix=fix, stored=stored
        )
    if hunted.found is None:
        return hunted.outcome, hunted.red
    gone = _gone(since, hunted.found, hunted.report)
    return hunted.outcome, written(hunted.found, hunted.report, format_name, gone)


def _gone(since: Path | None, found: "Review", report: "Report") -> "tuple[Known, ...]":
    from hexci.adapters.sinks.review_comment import known_in
    from hexci.domain.review.history import resolved

    if since is None:
        return ()
    return resolved(known_in(since.read_text("utf-8")), found, report)


def hunt(  # noqa: PLR0913, PLR0917 - what was asked for, and where it comes from
    request: "TaskRequest",
    target: str,
    sides: "tuple[str, str]",
    names: "Sequence[str]",
    tape: Tape,
    checkout: "Checkout",
    quarters: "Quarters",
    above: "Gateway | None" = None,
    *,
    fix: bool = False,
    stored: "StoredRun | None" = None,
) -> Hunted:
    """Reviews `target` at the head of `sides`, by the config of the other of them.

    Models are asked below the law `above`, where there is one. `fix`: every finding is worked on.
    `stored` is a review that is taken up.
    """
    from hexci.adapters.sinks.progress import progress_for
    from hexci.adapters.stored.plans import read_plan
    from hexci.domain.finding import Report
    from hexci.domain.outcome import Outcome
    from hexci.domain.review.order import ReviewOrder
    from hexci.usecases.prove_claims import Means
    from hexci.usecases.review_code import gate_run, review_code, sites_of

    head, law = sides
    with progress_for(sys.stderr) as progress:
        config = config_at(quarters, checkout.resolve(law))
        if stored is None:
            plan = plan_of(request, head, config, checkout, quarters, progress)
        else:
            plan = read_plan(stored.files)
        target = _pinned(target, plan, checkout)
        order = ReviewOrder(target, plan.base_commit, checkout.resolve(law), tuple(names), fix)
        record = review_record(plan, order, checkout, quarters, stored)
        run = record.recorder.run
        bench = build_bench(checkout, quarters, plan.base_commit, progress)
        means = Means(quarters.vault, bench.rooms, bench.runner, progress)
        models = Models(plan, tape, charter_of(plan, (), record.recorder.deny, above))
        models.shelf = record.shelf
        with models.closing:
            spoken = build_lenses(names, plan, target, checkout, quarters, bench, models)
            with record.kept([role for role, _ in spoken]) as aloud:
                green = gate_run(plan.base_tree, plan.evidence, means)
                if not green.green:
                    record.end(Outcome.EVIDENCE_FAILED, {"reason": "the gate does not pass"}, {})
                    return Hunted(None, Report("review"), _not_green(green.output), run)
                scene = _scene(target, plan, green, bench, checkout, quarters)
                scene = replace(scene, deadline=scene.deadline - record.used)
                lenses = [aloud.heard(role, lens) for role, lens in spoken]
                found = review_code(scene, lenses, means)
                aloud.tell(found)
                if fix:
                    place = Place(checkout, quarters, config, progress)
                    fixes = _fixes(found, scene, place, models, record, above)
                    found = replace(found, fixes=fixes)
                report = found.report(sites_of(found.confirmed, scene, quarters.vault))
                document = written(found, report, "json").encode("utf-8", "surrogatepass")
                record.end(found.outcome, {}, {"review.json": document})
                return Hunted(found, report, run=run)


def _pinned(target: str, plan: "Plan", checkout: "Checkout") -> str:
    """The target by commits: a name may mean another one when the review is taken up."""
    from hexci.usecases.review_scope import sides_of

    sides = sides_of(target)
    return f"{checkout.resolve(sides[0])}..{plan.base_commit}" if sides else target


def _not_green(output: str) -> str:
    tail = "\n".join(output.splitlines()[-15:])
    said = "the gate does not pass on the code as it is: a review needs a green start"
    return f"{said}\n{tail}\n"


def _scene(  # noqa: PLR0913, PLR0917
    target: str,
    plan: "Plan",
    green: "EvidenceRun",
    bench: "Bench",
    checkout: "Checkout",
    quarters: "Quarters",
) -> "Scene":
    from hexci.ports.lens import Scene
    from hexci.usecases.review_scope import changed_lines, sides_of, whole_files

    sides, vault = sides_of(target), quarters.vault
    base_tree = vault.tree_of(checkout.resolve(sides[0])) if sides else ""
    if sides is None:
        lines = whole_files(target, vault.files(plan.base_tree))
    else:
        lines = changed_lines(vault.change(base_tree, plan.base_tree))
    deadline = bench.clock.monotonic() + plan.limits.timeout
    return Scene(plan.base_tree, plan.evidence, green, deadline, lines, base_tree, plan.seed)


def _fixes(  # noqa: PLR0913, PLR0917
    found: "Review",
    scene: "Scene",
    place: Place,
    models: Models,
    record: "ReviewRecord",
    above: "Gateway | None",
) -> "tuple[Fix, ...]":
    from hexci.adapters.machine.clock import SystemClock
    from hexci.usecases.fix_findings import Workshop, fix_findings

    sweep(place.checkout)
    vault = place.quarters.vault

    def work_on(work: "Plan") -> "RunResult":
        work, known = record.fixed_before(work, place.checkout)
        return known or perform(
            work, place, tape=models.tape, purse=models.purse, shelf=record.shelf,
            above=above,
        )  # fmt: skip

    workshop = Workshop(vault, vault, SystemClock(), place.progress, work_on)
    # a mutant asks for a test, not for other code
    claims = [judged.claim for judged in found.confirmed if judged.claim.mutant is None]
    return fix_findings(claims, record.plan, scene, workshop)


def written(
    found: "Review", report: "Report", format_name: str, gone: "Sequence[Known]" = ()
) -> str:
    """A review as `text`, `json`, `comment` or one of the formats of reports.

    `gone` are findings of an earlier review that are resolved.
    """
    from hexci.adapters.sinks.report import render
    from hexci.adapters.sinks.review import as_document, as_text

    if format_name == "json":
        return as_document(found, report, gone)
    if format_name == "comment":
        from hexci.adapters.sinks.review_comment import render as comment

        return comment(found, report, gone)
    return as_text(found, report, gone) if format_name == "text" else render(report, format_name)
