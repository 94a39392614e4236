"""Fixes findings one by one: the reproducer becomes the red test, and the gate decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode, Plan
from hexci.domain.review.claim import Claim
from hexci.domain.review.fix import Fix, test_path
from hexci.domain.run_result import RunResult
from hexci.ports.clock import Clock
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress
from hexci.ports.repo import Commits, Objects
from hexci.usecases.emit_change import BOT
from hexci.usecases.prove_claims import folder_of_tests

_SUBJECT = 72


@dataclass(frozen=True, slots=True)
class Workshop:
    """What fixing needs. `perform` carries out a plan in a clone of its own, behind the gate."""

    objects: Objects
    commits: Commits
    clock: Clock
    progress: Progress
    perform: Callable[[Plan], RunResult]


def fix_findings(
    claims: Iterable[Claim], plan: Plan, scene: Scene, workshop: Workshop
) -> tuple[Fix, ...]:
    """What became of each claim. Every fix starts from the reviewed commit, on its own branch.

    The branch of a fix that lands has two commits: the red test, then what turns it green. A fix
    that fails leaves its record and nothing else. `plan` is the review's own.
    """
    return tuple(_fix(claim, plan, scene, workshop) for claim in claims)


def _fix(claim: Claim, plan: Plan, scene: Scene, workshop: Workshop) -> Fix:
    taken = workshop.objects.files(plan.base_tree)
    test = test_path(claim, folder_of_tests(scene.green.account, frozenset(taken)), taken)
    left = scene.deadline - workshop.clock.monotonic()
    if left <= 0:
        return Fix(claim, Outcome.TIMEOUT, "", test, reason="the review's time was used up")
    workshop.progress.stage("fix", claim.title)
    tree = workshop.objects.overlay(plan.base_tree, {test: claim.reproducer.encode()})
    red = workshop.commits.commit(
        tree, [plan.base_commit], _message(claim), who=BOT, at=plan.event.at
    )
    work = replace(
        plan,
        task=f"Fix {claim.path}: {claim.title}",
        mode=Mode.FIX,
        base_commit=red,
        base_tree=tree,
        limits=replace(plan.limits, timeout=min(plan.limits.timeout, left)),
    )
    result = workshop.perform(work)
    return Fix(
        claim,
        result.outcome,
        result.run,
        test,
        result.branch,
        result.commit,
        result.candidate,
        _reason(result),
    )


def _reason(result: RunResult) -> str:
    if result.outcome is Outcome.ALREADY_GREEN:
        return "the gate does not run the reproducer, so it cannot tell a fix"
    return result.reason


def _message(claim: Claim) -> str:
    subject = f"Show that {claim.title}"
    cut = subject if len(subject) <= _SUBJECT else subject[: _SUBJECT - 1].rstrip() + "…"
    return f"{cut}\n\nThe test fails here, at {claim.path}:{claim.line}, and is right to.\n"
