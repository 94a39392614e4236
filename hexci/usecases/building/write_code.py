"""The second half of a build: candidates write code until the gate says yes, tests frozen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hexci.domain.building.asking import building_task
from hexci.domain.building.frozen import Frozen
from hexci.domain.canonical import Json, digest
from hexci.domain.debate.letter import Kind
from hexci.domain.debate.roles import CONDUCTOR, Role
from hexci.domain.evidence import EvidenceRun
from hexci.domain.gate.ruling import refused
from hexci.domain.outcome import Outcome
from hexci.domain.run_result import Tried
from hexci.domain.verdict import Step, Verdict
from hexci.ports.candidate import Candidate
from hexci.usecases.building.workshop import Workshop
from hexci.usecases.gate_change import refusal_of
from hexci.usecases.take_turn import Task, Turn, take_turn

# Ends that say nothing of the builder: a run that is taken up lets it try again.
_NOT_ITS_OWN = frozenset(
    {Outcome.BUDGET, Outcome.TIMEOUT, Outcome.MODEL_ERROR, Outcome.INFRA_ERROR}
)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What the code is written from: the specification, the frozen tests, their red run.

    `number` tells a second pass, after a review, from the first.
    """

    spec: str
    tests: Frozen
    red: EvidenceRun
    number: int = 1


@dataclass(frozen=True, slots=True)
class Builders:
    """Candidates by role; `court` gives the gate over the whole change, for frozen tests."""

    candidates: Sequence[tuple[Role, Candidate]]
    court: Callable[[Frozen], Callable[[str], Verdict]]


@dataclass(frozen=True, slots=True)
class Built:
    """How it ended: who tried, who brought the accepted tree, and the last verdict."""

    tried: tuple[Tried, ...]
    verdict: Verdict | None
    candidate: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the gate accepted."""
        return self.verdict is not None and self.verdict.accepted


def write_code(blueprint: Blueprint, builders: Builders, shop: Workshop) -> Built:
    """The first accepted change of the builders, in order."""
    tried: tuple[Tried, ...] = ()
    verdict: Verdict | None = None
    judge = builders.court(blueprint.tests)
    for role, candidate in builders.candidates:
        if shop.clock.monotonic() >= shop.deadline:
            said = "the run's time was used up before"
            tried = (*tried, Tried(candidate.name, Outcome.TIMEOUT, 0.0, said))
            continue
        turn = _turn(blueprint, role, candidate, judge, tried, shop)
        tried, verdict = (*tried, turn.tried), turn.verdict or verdict
        if turn.accepted:
            return Built(tried, verdict, candidate.name)
    return Built(tried, verdict)


def _turn(  # noqa: PLR0913, PLR0917
    blueprint: Blueprint,
    role: Role,
    candidate: Candidate,
    judge: Callable[[str], Verdict],
    tried: tuple[Tried, ...],
    shop: Workshop,
) -> Turn:
    talk = f"code-{blueprint.number}-{role.name}"
    tests = blueprint.tests
    given: dict[str, Json] = {"tests": tests.digest, "tree": tests.tree}
    shop.tell(role.name, Kind.TASK, given, talk, "delegation")
    failed = shop.debate.failed_before(role.name, talk)
    if failed:
        outcome = Outcome(str(failed.payload["outcome"]))
        return Turn(Tried(candidate.name, outcome, 0.0, str(failed.payload["reason"])), None)
    shop.progress.stage("work", candidate.name)
    shop.recorder.note("candidate.started", talk, name=candidate.name)
    task = Task(
        replace(
            shop.plan,
            base_tree=tests.tree,
            task=building_task(shop.order, blueprint.spec, sorted(tests.digests), shop.nonce),
        ),
        blueprint.red,
        lambda tree: _judged(tree, tests, judge, shop),
        shop.deadline,
        tried,
    )
    turn = take_turn(candidate, task, rooms=shop.rooms, clock=shop.clock, progress=shop.progress)
    ended = turn.tried.outcome
    shop.recorder.note("candidate.ended", talk, name=candidate.name, status=ended.value)
    if turn.verdict is not None and turn.accepted:
        patch = digest(shop.objects.change(tests.tree, turn.verdict.tree).patch)
        done: dict[str, Json] = {"tree": turn.verdict.tree, "patch": patch}
        shop.debate.say(role.name, CONDUCTOR, Kind.RESULT, done, talk, "delegation")
    elif ended not in _NOT_ITS_OWN:
        said: dict[str, Json] = {"outcome": ended.value, "reason": turn.tried.summary[:500]}
        shop.debate.say(role.name, CONDUCTOR, Kind.FAILURE, said, talk, "delegation")
    shop.recorder.step(f"{talk} {ended}", {f"{talk}/transcript.ndjson": turn.transcript})
    return turn


def _judged(tree: str, tests: Frozen, judge: Callable[[str], Verdict], shop: Workshop) -> Verdict:
    """The gate's verdict, unless something frozen was touched."""
    broken = tests.broken(lambda path: shop.objects.read(tree, path))
    if broken:
        why = f"{broken}: was frozen before the code; a build may not change it"
        return refusal_of(refused(Step.PROTECTED, Outcome.PROTECTED_PATH, why), tree, None)
    return judge(tree)
