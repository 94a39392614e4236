"""Wires the main job: PLAN, WORK, GATE, EMIT in one repository."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.candidates import Models, Tape, build_candidates, charter_of
from hexci.compose.evidence import build_bench
from hexci.compose.gate import terms_of
from hexci.compose.planning import config_at, plan_of
from hexci.compose.records import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.config import Config
    from hexci.domain.plan import Plan
    from hexci.domain.run_result import RunResult
    from hexci.ports.candidate import Candidate
    from hexci.ports.gateway import Gateway
    from hexci.ports.progress import Progress
    from hexci.ports.shelf import Shelf
    from hexci.usecases.do_task import Means
    from hexci.usecases.metered_model import Purse
    from hexci.usecases.plan_task import TaskRequest
    from hexci.usecases.record_run import Recorder


@dataclass(frozen=True, slots=True)
class Place:
    """Where plans are carried out: a repository, and one run's private quarters beside it."""

    checkout: "Checkout"
    quarters: "Quarters"
    config: "Config"
    progress: "Progress"


def do(  # noqa: PLR0913, PLR0917 - what was asked for, and where it comes from
    request: "TaskRequest",
    base: str,
    folder: Path | None = None,
    tape: Tape | None = None,
    law: str = "",
    made: "Callable[[Quarters], Candidate] | None" = None,
    grants: "Sequence[str]" = (),
    above: "Gateway | None" = None,
) -> "RunResult":
    """Runs the main job in the repository of `folder` (default: the current one).

    `law` is the commit whose config rules, where that is not `base` itself: work on a pull
    request starts from its head, but what grants anything is read from the branch it is for.
    `made` makes the one candidate whose work is to be judged, where the plan's are not to work.
    `grants` are for `cmd:` candidates, and come from a person's command line, or a manifest
    of the trusted commit. `above` is the law of the node that the run is for, where it is one's.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for

    checkout = Checkout.at(folder or Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        sweep(checkout)
        config = config_at(quarters, checkout.resolve(law or base))
        plan = plan_of(request, base, config, checkout, quarters, progress)
        place = Place(checkout, quarters, config, progress)
        return perform(plan, place, tape=tape or Tape(), grants=grants, made=made, above=above)


def perform(  # noqa: PLR0913
    plan: "Plan",
    place: Place,
    *,
    tape: Tape,
    grants: "Sequence[str]" = (),
    made: "Callable[[Quarters], Candidate] | None" = None,
    purse: "Purse | None" = None,
    above: "Gateway | None" = None,
    shelf: "Shelf | None" = None,
) -> "RunResult":
    """Carries out one plan, with a record of its own. `purse` is one that others pay from, too.

    `shelf` has what a larger run, of which this is a part, has paid for.
    """
    from hexci.domain.run_id import run_id
    from hexci.usecases.do_task import do_task

    recorder = _recorder(run_id(plan), place.checkout, place.quarters)
    charter = charter_of(plan, grants, recorder.deny, above)
    models = Models(plan, tape, charter, purse)
    models.shelf = shelf
    with models.closing:
        return do_task(plan, _means(plan, recorder, place, models, made))


def result_as(result: "RunResult", *, as_json: bool) -> str:
    """A run's end for a person or a program."""
    from hexci.adapters.sinks.run_result import as_document, as_text

    return as_document(result) if as_json else as_text(result)


def _recorder(run: str, checkout: "Checkout", quarters: "Quarters") -> "Recorder":
    from hexci.adapters.git.records import GitRecords
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import this_owner
    from hexci.usecases.record_run import Recorder

    records = GitRecords(checkout, quarters.vault)
    return Recorder(run, records=records, clock=SystemClock(), owner=this_owner())


def _means(
    plan: "Plan",
    recorder: "Recorder",
    place: Place,
    models: "Models",
    made: "Callable[[Quarters], Candidate] | None" = None,
) -> "Means":
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.signing.ssh import signer_from_environment
    from hexci.usecases.do_task import Means
    from hexci.usecases.hold_court import RunCourt

    quarters = place.quarters
    bench = build_bench(place.checkout, quarters, plan.base_commit, place.progress)
    clock = SystemClock()
    return Means(
        court=RunCourt(
            plan.base_tree,
            terms=terms_of(plan, place.config),
            bench=bench,
            deadline=clock.monotonic() + plan.limits.timeout,
            law=models.charter.gateway,
        ),
        rooms=bench.rooms,
        objects=quarters.vault,
        commits=quarters.vault,
        recorder=recorder,
        clock=clock,
        progress=place.progress,
        candidates=(made(quarters),)
        if made
        else build_candidates(plan, place.checkout.top, quarters, bench, models),
        signer=signer_from_environment(),
    )
