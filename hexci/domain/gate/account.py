"""Steps 4 and 5: what the runs on base and on the change must have said."""

import re
from collections import Counter

from hexci.domain.canonical import Json
from hexci.domain.evidence import Account, EvidenceRun, TestStatus
from hexci.domain.gate.ruling import passed, refused
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode
from hexci.domain.verdict import Step, StepResult

# Ids shown in a reason; the record has them all.
_SHOWN = 5
# How unittest calls a module that it could not import.
_NOT_LOADED = "unittest.loader._FailedTest."


# what a shell says of a command that it cannot find, or may not execute
_NOT_STARTED = (126, 127)


def _not_started(run: EvidenceRun) -> str:
    said = run.output.strip().splitlines()
    return "the evidence command could not be started" + (f": {said[-1][:200]}" if said else "")


def judge_red(run: EvidenceRun, mode: Mode, *, require_account: bool) -> StepResult:
    """RED: in `fix` and `feature` the evidence must fail without the change; in `refactor` pass."""
    if run.timed_out:
        return refused(Step.RED, Outcome.TIMEOUT, "the evidence ran out of time without the change")
    if run.exit_code in _NOT_STARTED and not (run.account and run.account.tests):
        return refused(Step.RED, Outcome.BAD_INPUT, _not_started(run))
    if run.account is not None and not run.account.executed:
        return refused(Step.RED, Outcome.VACUOUS, "the runner ran no test")
    if (fault := _account_fault(run, require_account=require_account)) and run.exit_code == 0:
        return refused(Step.RED, Outcome.VACUOUS, f"without the change {fault}")
    if mode is Mode.REFACTOR:
        if not run.green:
            return refused(
                Step.RED,
                Outcome.EVIDENCE_FAILED,
                "a refactoring starts from green; this is red",
                failing=_listed(run.account.failed if run.account else ()),
            )
        return passed(Step.RED, "green before", counts=_counts(run))
    if run.green:
        return refused(
            Step.RED,
            Outcome.ALREADY_GREEN,
            "the evidence is green without the change",
            counts=_counts(run),
        )
    return passed(Step.RED, "red before", counts=_counts(run))


def judge_green(
    red: EvidenceRun, green: EvidenceRun, mode: Mode, *, require_account: bool, moved: bool = False
) -> StepResult:
    """GREEN: exit code and account agree on success, and nothing of base was lost.

    `moved` says that the change moves tests, unweakened, so that their ids may change.
    """
    if green.timed_out:
        return refused(Step.GREEN, Outcome.TIMEOUT, "the evidence ran out of time")
    account, before = green.account, red.account
    if account and account.failed:
        names = _named(account.failed)
        if green.exit_code == 0:
            return refused(
                Step.GREEN, Outcome.TAMPERED, f"exit code 0, but the account says failed: {names}"
            )
        return refused(
            Step.GREEN,
            Outcome.EVIDENCE_FAILED,
            f"still failing: {names}",
            failing=_listed(account.failed),
            counts=_counts(green),
        )
    if green.exit_code != 0:
        return refused(
            Step.GREEN,
            Outcome.EVIDENCE_FAILED,
            f"the evidence exits {green.exit_code}",
            counts=_counts(green),
        )
    if before and not account:
        return refused(
            Step.GREEN,
            Outcome.TAMPERED,
            "the runner left an account without the change, and none with it",
        )
    if fault := _account_fault(green, require_account=require_account):
        return refused(Step.GREEN, Outcome.VACUOUS, f"with the change {fault}")
    if account and (lost := _loss(before, account, moved=moved)):
        return lost
    if account and mode is not Mode.REFACTOR and not fail_to_pass(red, green):
        return refused(
            Step.GREEN, Outcome.UNPROVEN, "no test that failed without the change passes with it"
        )
    return passed(Step.GREEN, "green with the change", account=bool(account), counts=_counts(green))


def fail_to_pass(red: EvidenceRun, green: EvidenceRun) -> tuple[str, ...]:
    """Ids that pass with the change and did not without it, sorted.

    A file that could not be collected without the change stands for every test in it.
    """
    if not green.account:
        return ()
    if not red.account:
        return tuple(sorted(green.account.passed))
    known = red.account.ids()
    failed = red.account.failed
    return tuple(
        sorted(
            id_
            for id_ in green.account.passed
            if id_ in failed or (id_ not in known and _stood_for(id_, failed))
        )
    )


def _stood_for(id_: str, failed: frozenset[str]) -> bool:
    groups = [group.removeprefix(_NOT_LOADED) for group in failed]
    return any(id_.startswith((f"{group}::", f"{group}.", f"{group}/")) for group in groups)


def _account_fault(run: EvidenceRun, *, require_account: bool) -> str:
    if run.account is None:
        return "no runner reported what it ran" if require_account else ""
    if not run.account.executed:
        return "no test was executed"
    return ""


def _loss(before: Account | None, after: Account, *, moved: bool) -> StepResult | None:
    twice = [id_ for id_, n in Counter(t.id for t in after.tests).items() if n > 1]
    if before is None:
        return None
    twice = [id_ for id_ in twice if sum(t.id == id_ for t in before.tests) <= 1]
    if twice:
        return refused(Step.GREEN, Outcome.TAMPERED, f"reported twice: {_named(twice)}")
    lost = {
        id_
        for id_ in before.executed - after.executed
        if not _carried(id_, before.ids(), after.executed, moved=moved)
    }
    if lost:
        return refused(
            Step.GREEN, Outcome.TAMPERED, f"no longer executed: {_named(lost)}", lost=_listed(lost)
        )
    slack = after.ids(TestStatus.XFAILED, TestStatus.XPASSED) - before.ids(
        TestStatus.XFAILED, TestStatus.XPASSED
    )
    if slack := slack & before.ids():
        return refused(Step.GREEN, Outcome.TAMPERED, f"now expected to fail: {_named(slack)}")
    broken = {
        id_
        for id_ in before.passed - after.passed
        if not _carried(id_, before.ids(), after.passed, moved=moved)
    }
    if broken:
        return refused(
            Step.GREEN,
            Outcome.TAMPERED,
            f"no longer passing: {_named(broken)}",
            lost=_listed(broken),
        )
    return None


def _carried(id_: str, before: frozenset[str], after: frozenset[str], *, moved: bool) -> bool:
    """Whether another id of `after` stands for `id_`: what could not be loaded, or was moved."""
    if any(_stood_for(other, frozenset({id_})) for other in after):
        return True
    return moved and _bare(id_) in {_bare(other) for other in after - before}


def _bare(id_: str) -> str:
    """The function (with its parameters), without file and class."""
    name, bracket, parameters = id_.partition("[")
    return re.split(r"::|\.", name)[-1] + bracket + parameters


def _counts(run: EvidenceRun) -> dict[str, Json]:
    if run.account is None:
        return {"exit_code": -1 if run.exit_code is None else run.exit_code}
    counts = Counter(test.status.value for test in run.account.tests)
    return {"exit_code": -1 if run.exit_code is None else run.exit_code, **counts}


def _named(ids: frozenset[str] | set[str] | list[str]) -> str:
    names = sorted(ids)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _listed(ids: frozenset[str] | set[str] | tuple[str, ...]) -> list[Json]:
    return [*sorted(ids)]
