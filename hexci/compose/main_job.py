"""Wires the main job: PLAN, WORK, GATE, EMIT in one repository."""

import sys
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
    from hexci.ports.gateway import Denial, Gateway
    from hexci.ports.progress import Progress
    from hexci.usecases.do_task import Means
    from hexci.usecases.plan_task import TaskRequest
    from hexci.usecases.record_run import Recorder


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
    from hexci.domain.run_id import run_id
    from hexci.usecases.do_task import do_task

    checkout = Checkout.at(folder or Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        sweep(checkout)
        config = config_at(quarters, checkout.resolve(law or base))
        plan = plan_of(request, base, config, checkout, quarters, progress)
        recorder = _recorder(run_id(plan), checkout, quarters)
        charter = charter_of(plan, grants, lambda denial: _keep(denial, recorder), above)
        models = Models(plan, tape or Tape(), charter)
        means = _means(plan, recorder, config, checkout, quarters, progress, models, made)
        with models.closing:
            return do_task(plan, means)


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


def _keep(denial: "Denial", recorder: "Recorder") -> None:
    """What was wanted and could not be had is worth reading."""
    recorder.note(
        denial.event, denial.who, verb=denial.verb, scope=denial.scope, reason=denial.reason
    )


def _means(  # noqa: PLR0913, PLR0917
    plan: "Plan",
    recorder: "Recorder",
    config: "Config",
    checkout: "Checkout",
    quarters: "Quarters",
    progress: "Progress",
    models: "Models",
    made: "Callable[[Quarters], Candidate] | None" = None,
) -> "Means":
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.signing.ssh import signer_from_environment
    from hexci.usecases.do_task import Means
    from hexci.usecases.hold_court import RunCourt

    bench = build_bench(checkout, quarters, plan.base_commit, progress)
    clock = SystemClock()
    return Means(
        court=RunCourt(
            plan.base_tree,
            terms=terms_of(plan, config),
            bench=bench,
            deadline=clock.monotonic() + plan.limits.timeout,
            law=models.charter.gateway,
        ),
        rooms=bench.rooms,
        objects=quarters.vault,
        commits=quarters.vault,
        recorder=recorder,
        clock=clock,
        progress=progress,
        candidates=(made(quarters),)
        if made
        else build_candidates(plan, checkout.top, quarters, bench, models),
        signer=signer_from_environment(),
    )
