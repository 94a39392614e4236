"""The node kind `review`: lenses hunt, reproducers decide, under the law of the node."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.finding import Report
from hexci.domain.outcome import Outcome
from hexci.errors import DeadlineError
from hexci.ports.clock import Clock
from hexci.ports.doer import Done, Task
from hexci.ports.gateway import Gateway
from hexci.usecases.doers.arguments import number, text, words
from hexci.usecases.doers.candidates import allowed_candidates
from hexci.usecases.doers.following import Followed, Memory

# Characters of the report that other nodes are given; the record has all.
_MOST_REPORT = 40_000


@dataclass(frozen=True, slots=True)
class Hunt:
    """What is to be reviewed: a path at the commit `at`, or what changed up to it since `base`."""

    target: str
    at: str
    base: str
    gate: str
    lenses: tuple[str, ...]
    candidates: tuple[str, ...]
    seconds: float | None
    seed: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a review found. `problem` says why there could be none."""

    outcome: Outcome
    report: Report
    problem: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def hunt_defects(
    review: Callable[[Hunt, Gateway], Told], *, named: Callable[[str], str], clock: Clock,
    memory: Memory,
) -> Callable[[Task], Done]:  # fmt: skip
    """What carries out `review` nodes. `named` gives the SPEC behind an adapter's name."""

    def carry_out(task: Task) -> Done:
        hunt = _hunt(task, named, clock)
        told = task.gateway.perform("spawn", "", lambda: review(hunt, task.gateway))
        # a review that did not look at everything has not seen that anything is gone
        complete = told.outcome in {Outcome.FINDINGS, Outcome.REVIEWED_CLEAN}
        followed = memory.findings(told.report, task) if complete else Followed(told.report)
        outcome = told.outcome
        if complete and followed.report.outcome.happened:
            outcome = Outcome.REVIEWED_CLEAN
        listed = followed.report.findings
        found = [f"{f.path}:{f.line}: {f.rule} {f.message}" for f in listed]
        report = "\n".join(found)[:_MOST_REPORT]
        outputs: dict[str, Json] = {
            "findings": len(found), "messages": list(found), "report": report,
            **followed.outputs,
        }  # fmt: skip
        reason = told.problem or (found[0] if found else "")
        return Done(outcome, outputs, reason, told.files)

    return carry_out


def _hunt(task: Task, named: Callable[[str], str], clock: Clock) -> Hunt:
    seconds = task.deadline - clock.monotonic()
    if seconds <= 0:
        raise DeadlineError("no time is left to start")
    arguments, commit = task.arguments, task.context.base_commit
    path = text(arguments, "path")
    base = text(arguments, "base")
    base = commit + base.removeprefix("HEAD") if base[:4] == "HEAD" else base
    return Hunt(
        target=path or f"{base}..{commit}",
        at=commit,
        base="" if path else base,
        gate=text(arguments, "gate"),
        lenses=words(arguments, "lenses"),
        candidates=allowed_candidates(task, named),
        seconds=None if seconds == float("inf") else min(seconds, 21_600.0),
        seed=number(arguments, "seed") or 0,
    )
