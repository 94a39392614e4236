"""Running a program: every node starts as soon as what it needs has ended, under the law."""

import traceback
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hexci.domain.canonical import Json
from hexci.domain.manifests.conditions import holds
from hexci.domain.manifests.context import RunContext
from hexci.domain.manifests.program import Program, Step
from hexci.domain.manifests.results import NodeResult, PipelineResult, Status, outcome_of
from hexci.domain.manifests.templates import resolved
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError, HexciError
from hexci.ports.clock import Clock
from hexci.ports.doer import Doer, Done, Pool, RunLog, Task
from hexci.usecases.enforce_law import LawGateway
from hexci.usecases.name_values import Values, type_fault
from hexci.usecases.sweep_items import Sweep
from hexci.usecases.take_turns import NEVER, Job, Turns


@dataclass(frozen=True, slots=True)
class Engine:
    """The ports of a run. `variable` reads an environment variable, None where it is not set."""

    doers: Mapping[str, Doer]
    pool: Pool
    clock: Clock
    log: RunLog
    variable: Callable[[str], str | None] = field(default=lambda _: None)


def run_pipeline(  # noqa: PLR0913 - a run, and what it is run with
    program: Program,
    inputs: Mapping[str, Json],
    context: RunContext,
    *,
    engine: Engine,
    gateway: LawGateway,
    finished: Sequence[NodeResult] = (),
) -> PipelineResult:
    """Runs what of `program` is not `finished`.

    Nothing but Ctrl-C, bugs of ours and a lost record (ConflictError) is raised; nodes that were
    under way then are ended as cancelled first.
    """
    return _Run(program, inputs, context, engine, gateway).run(finished)


class _Run:
    def __init__(
        self, program: Program, inputs: Mapping[str, Json], context: RunContext, engine: Engine,
        gateway: LawGateway,
    ) -> None:  # fmt: skip
        self._program = program
        self._context = context
        self._engine = engine
        self._gateway = gateway
        count = len(program.steps)
        self._results: list[NodeResult | None] = [None] * count
        self._waiting = [len(step.needs) for step in program.steps]
        self._ready: deque[Step] = deque()
        self._turns = Turns(engine.pool, engine.clock, program.concurrency)
        self._sweeps: dict[int, Sweep] = {}
        self._stopping = ""
        self._cancelled = False
        self._values = Values(program, inputs, context, self._results, engine.variable)
        self._began = engine.clock.monotonic()
        seconds = gateway.left().seconds
        self._end = NEVER if seconds is None else self._began + seconds

    def run(self, finished: Sequence[NodeResult]) -> PipelineResult:
        known = {result.name: result for result in finished}
        for step in self._program.steps:
            if not step.needs and step.name not in known:
                self._ready.append(step)
        for step in self._program.steps:
            if step.name in known:
                self._results[step.number] = known[step.name]
                self._release(step)
        try:
            while self._start_what_can():
                self._wait()
        except BaseException:
            self._cancelled = True
            for job in list(self._turns.running.values()):
                self._give_up(job, Status.CANCELLED, Outcome.INFRA_ERROR, "interrupted")
            raise
        return self._result()

    # -- starting -------------------------------------------------------------------------------

    def _start_what_can(self) -> bool:
        """Starts all that is ready and has room; whether there is anything to wait for."""
        while self._ready:
            self._begin(self._ready.popleft())
        for job in self._turns.due():
            self._start(job)
        return self._turns.are_left

    def _begin(self, step: Step) -> None:
        if self._engine.clock.monotonic() >= self._end and not self._stopping:
            self._end_node(step, Status.FAILED, Outcome.TIMEOUT, "the run's time is used up")
            return
        skipped = self._stopping and f"not started: {self._stopping}"
        if skipped:
            self._end_node(step, Status.CANCELLED if self._cancelled else Status.SKIPPED,
                           Outcome.NO_CHANGE, skipped)  # fmt: skip
            return
        said = self._blocked(step)
        if said:
            self._end_node(step, Status.SKIPPED, Outcome.NO_CHANGE, said)
            return
        try:
            lookup = self._values.looking(self._law(step))
            if step.when is not None and not holds(step.when, lookup):
                said = "its condition is false"
                self._end_node(step, Status.SKIPPED, Outcome.NO_CHANGE, said)
            elif step.each is None:
                self._turns.add(Job(step, -1, step.arguments, step.kind))
            else:
                self._begin_sweep(step)
        except (HexciError, ValueError) as error:
            self._fail(step, error)

    def _begin_sweep(self, step: Step) -> None:
        assert step.each is not None  # noqa: S101 - asked before
        items = resolved(step.each.over, self._values.looking(self._law(step)))
        if not isinstance(items, list):
            raise BadInputError(f"{step.name}: what to go over is no list")
        sweep = Sweep(step, items, self._engine.clock.monotonic())
        self._sweeps[step.number] = sweep
        self._engine.log.started(step.name, 1)
        for job in sweep.first():
            self._turns.add(job)
        if not items:
            self._end_sweep(sweep)

    def _blocked(self, step: Step) -> str:
        """Why a node does not run because of what it needs; its `when` may decide that itself."""
        for need in step.needs:
            result = self._results[need]
            if result is not None and result.status is not Status.OK and need not in step.asks:
                return f"{result.name} was {result.status}"
        return ""

    def _start(self, job: Job) -> None:
        now, step = self._engine.clock.monotonic(), job.step
        conduct = step.conduct
        if job.attempt == 1:
            job.begun = now
            job.deadline = min(self._end, now + (step.ceiling.seconds or NEVER),
                               now + (conduct.timeout or NEVER))  # fmt: skip
        deadline = min(job.deadline, now + (conduct.attempt_timeout or NEVER))
        if job.index < 0:
            self._engine.log.started(step.name, job.attempt)
        gateway = self._law(step)
        lookup = self._values.looking(gateway, job.item, job.index)
        self._turns.submit(job, lambda: self._attempt(job, lookup, gateway, deadline))

    def _law(self, step: Step) -> LawGateway:
        if step.layer is None and step.ceiling.is_open:
            return self._gateway.named(step.name)
        return self._gateway.child(step.name, step.layer, step.ceiling)

    # -- in another thread ----------------------------------------------------------------------

    def _attempt(
        self, job: Job, lookup: Callable[..., Json], gateway: LawGateway, deadline: float
    ) -> Done:
        name = job.step.name if job.index < 0 else f"{job.step.name}[{job.index}]"
        try:
            arguments = resolved(job.arguments, lookup)
            assert isinstance(arguments, dict)  # noqa: S101 - a kind's arguments are a mapping
            task = Task(name, arguments, self._context, gateway, deadline, self._is_cancelled)
            return self._engine.doers[job.kind](task)
        except HexciError as error:
            return Done(Outcome(error.outcome), reason=str(error))
        except ValueError as error:
            return Done(Outcome.BAD_INPUT, reason=str(error))
        except Exception as error:  # noqa: BLE001 - the plug-in boundary: the run goes on
            log = {"bug.txt": traceback.format_exc().encode("utf-8", "replace")}
            return Done(Outcome.INFRA_ERROR, reason=f"a bug: {error!r}", files=log)

    def _is_cancelled(self) -> bool:
        return self._cancelled

    # -- ending ---------------------------------------------------------------------------------

    def _wait(self) -> None:
        answer = self._turns.answer()
        if answer is not None:
            self._answered(*answer)
            return
        for job in self._turns.overdue():
            self._give_up(job, Status.FAILED, Outcome.TIMEOUT, "it did not end in time")

    def _answered(self, job: Job, done: Done) -> None:
        step = job.step
        if done.outcome.happened and done.outcome is not Outcome.SUSPENDED:
            fault = type_fault(step, done.outputs) if job.index < 0 else ""
            if fault:
                done = replace(done, outcome=Outcome.BAD_INPUT, reason=fault)
        elif self._again(job, done):
            return
        if job.index >= 0:
            self._item_ended(job, done)
            return
        self._end_job(job, done)

    def _again(self, job: Job, done: Done) -> bool:
        """Whether the job is tried again; then it waits for its turn."""
        retry, now = job.step.conduct.retry, self._engine.clock.monotonic()
        if job.attempt >= retry.attempts or done.outcome.value not in retry.on or self._stopping:
            return False
        wait = retry.wait * retry.factor ** (job.attempt - 1)
        if now + wait >= job.deadline:
            return False
        self._engine.log.retried(job.step.name, job.attempt, done.outcome, done.reason)
        job.attempt += 1
        self._turns.add_at(now + wait, job)
        return True

    def _end_job(self, job: Job, done: Done) -> None:
        status = _status(done.outcome)
        seconds = self._engine.clock.monotonic() - job.begun
        self._end_node(job.step, status, done.outcome, done.reason, done=done, seconds=seconds,
                       attempts=job.attempt)  # fmt: skip

    def _item_ended(self, job: Job, done: Done) -> None:
        sweep = self._sweeps[job.step.number]
        following = sweep.ended(job.index, done)
        if following is not None:
            self._turns.add(following)
        elif not self._turns.has(job.step):
            self._end_sweep(sweep)

    def _end_sweep(self, sweep: Sweep) -> None:
        seconds, done = self._engine.clock.monotonic() - sweep.begun, sweep.result()
        self._end_node(sweep.step, _status(done.outcome), done.outcome, done.reason, done=done,
                       seconds=seconds)  # fmt: skip

    def _give_up(self, job: Job, status: Status, outcome: Outcome, reason: str) -> None:
        self._turns.running.pop(job.number, None)
        seconds = self._engine.clock.monotonic() - job.begun
        if self._results[job.step.number] is None:
            self._end_node(job.step, status, outcome, reason, seconds=seconds)

    def _fail(self, step: Step, error: Exception) -> None:
        outcome = Outcome(error.outcome) if isinstance(error, HexciError) else Outcome.BAD_INPUT
        self._end_node(step, Status.FAILED, outcome, str(error))

    def _end_node(  # noqa: PLR0913 - what a result is made of
        self, step: Step, status: Status, outcome: Outcome, reason: str, *,
        done: Done | None = None, seconds: float = 0.0, attempts: int = 1,
    ) -> None:  # fmt: skip
        on_error = step.conduct.on_error
        handled = on_error == "continue"
        outputs = done.outputs if done else {}
        result = NodeResult(step.name, status, outcome, outputs, reason, seconds, attempts, handled)
        self._results[step.number] = result
        self._engine.log.ended(result, done.files if done else {})
        if status is Status.FAILED and on_error == "stop" and not self._stopping:
            self._stopping = f"{step.name} {outcome}"
        if status is not Status.SUSPENDED:
            self._release(step)

    def _release(self, step: Step) -> None:
        for follower in step.followers:
            self._waiting[follower] -= 1
            if not self._waiting[follower] and self._results[follower] is None:
                self._ready.append(self._program.steps[follower])

    def _result(self) -> PipelineResult:
        results = tuple(result for result in self._results if result is not None)
        outcome, reason = outcome_of(results)
        outputs = {
            name: self._values.output(template)
            for name, template in self._program.outputs.items()
        }  # fmt: skip
        seconds = self._engine.clock.monotonic() - self._began
        return PipelineResult(outcome, results, outputs, reason, seconds)


def _status(outcome: Outcome) -> Status:
    if outcome is Outcome.SUSPENDED:
        return Status.SUSPENDED
    return Status.OK if outcome.happened else Status.FAILED
