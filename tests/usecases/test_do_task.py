from dataclasses import replace

import pytest
from fakes.ports import (
    FakeCandidate,
    FakeClock,
    FakeCommits,
    FakeCourt,
    FakeObjects,
    FakeProgress,
    FakeRecords,
    FakeRooms,
)

from hexci.domain.evidence import EvidenceSpec
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Event, Limits, Mode, PathRules, Plan, Trust
from hexci.domain.stored_run import about, complaints, journal_of
from hexci.domain.verdict import Step, StepResult, StepStatus, Verdict
from hexci.errors import BudgetError, ModelError
from hexci.ports.candidate import Assignment, Attempt
from hexci.usecases.do_task import Means, do_task
from hexci.usecases.record_run import Recorder

PLAN = Plan(
    event=Event("e1", "argv", "ada", "2026-01-02T03:04:05Z"),
    trust=Trust.TRUSTED,
    task="fix a",
    mode=Mode.FIX,
    base_commit="base",
    base_tree="tree",
    evidence=EvidenceSpec("pytest -q"),
    files=(),
    candidates=(),
    limits=Limits(),
    paths=PathRules(),
)
GOOD = FakeCandidate("good", {"a.py": b"right"})


def means_for(
    *candidates: FakeCandidate, court: FakeCourt | None = None, pace: float = 0.0
) -> tuple[Means, FakeRecords]:
    records, clock = FakeRecords(), FakeClock(pace)
    recorder = Recorder("r1", records=records, clock=clock, owner={"pid": 1})
    means = Means(
        court=court or FakeCourt("a.py=right"),
        rooms=FakeRooms({"a.py": b"wrong"}),
        objects=FakeObjects(),
        commits=FakeCommits(),
        recorder=recorder,
        clock=clock,
        progress=FakeProgress(),
        candidates=candidates,
    )
    return means, records


def ends_of(records: FakeRecords) -> list[tuple[str, object]]:
    journal = journal_of(records.stored["r1"])
    return [(e.type, e.data["status"]) for e in journal.entries if e.type.endswith("ended")]


def test_an_accepted_change_is_landed_with_its_evidence() -> None:
    means, records = means_for(GOOD)
    result = do_task(PLAN, means)
    assert (result.outcome, result.branch, result.candidate) == (
        Outcome.COMMITTED, "hex/auto/r1", "good",
    )  # fmt: skip
    assert records.branches == {"hex/auto/r1": "commit1"}
    assert list(records.notes) == ["a.py=right"]
    assert about(records.stored["r1"])["outcome"] == "committed"


def test_the_commit_says_which_run_proved_it() -> None:
    means, _ = means_for(GOOD)
    result = do_task(PLAN, means)
    assert isinstance(means.commits, FakeCommits)
    message = means.commits.messages[0]
    assert message.startswith("fix a\n\n")
    assert message.splitlines()[-4:] == [
        "Hexci-Run: r1",
        f"Hexci-Evidence: {result.evidence_digest}",
        "Hexci-Gate: ",
        "Assisted-by: good",
    ]


def test_a_dry_run_proposes_and_lands_nothing() -> None:
    means, records = means_for(GOOD)
    result = do_task(replace(PLAN, dry_run=True), means)
    assert (result.outcome, result.patch, records.branches) == (
        Outcome.PROPOSED,
        b"tree -> a.py=right\n",
        {},
    )


def test_the_second_candidate_is_told_why_the_first_failed() -> None:
    bad, good = FakeCandidate("bad", {"a.py": b"worse"}), FakeCandidate("good", {"a.py": b"right"})
    means, _ = means_for(bad, good)
    result = do_task(PLAN, means)
    assert good.given[0].failures == ("bad: evidence_failed: tried a.py=worse",)
    assert [t.outcome for t in result.tried] == [Outcome.EVIDENCE_FAILED, Outcome.OK]


def test_candidates_after_the_accepted_one_are_not_asked() -> None:
    late = FakeCandidate("late", {"a.py": b"right"})
    do_task(PLAN, means_for(GOOD, late)[0])
    assert late.given == []


def test_a_refused_base_asks_no_candidate() -> None:
    step = StepResult(Step.RED, StepStatus.REFUSED, "it passes already", Outcome.ALREADY_GREEN)
    refusal = Verdict(Outcome.ALREADY_GREEN, "tree", (step,))
    means, records = means_for(GOOD, court=FakeCourt(refusal=refusal))
    before = len(GOOD.given)
    result = do_task(PLAN, means)
    assert (result.outcome, result.reason) == (Outcome.ALREADY_GREEN, "it passes already")
    assert len(GOOD.given) == before
    assert ends_of(records)[-1] == ("run.ended", "already_green")


def test_no_candidate_is_no_change() -> None:
    assert do_task(PLAN, means_for()[0]).outcome is Outcome.NO_CHANGE


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ModelError("no key"), Outcome.MODEL_ERROR),
        (BudgetError("too dear"), Outcome.BUDGET),
        (ZeroDivisionError(), Outcome.INFRA_ERROR),
    ],
)
def test_a_candidate_that_raises_is_reported_and_the_next_is_asked(
    error: Exception, expected: Outcome
) -> None:
    def fails(_: Assignment) -> Attempt:
        raise error

    failing = FakeCandidate("failing", acts=fails)
    alone, _ = means_for(failing)
    assert do_task(PLAN, alone).outcome is expected
    followed, _ = means_for(failing, GOOD)
    assert do_task(PLAN, followed).outcome is Outcome.COMMITTED


def test_an_attempt_that_calls_itself_ok_without_the_gate_lands_nothing() -> None:
    liar = FakeCandidate("liar", acts=lambda _: Attempt(Outcome.OK))
    means, records = means_for(liar)
    result = do_task(PLAN, means)
    assert not result.outcome.happened
    assert records.branches == {}


def test_candidates_without_time_left_are_timed_out_not_forgotten() -> None:
    means, _ = means_for(GOOD, pace=1000.0)
    result = do_task(replace(PLAN, limits=Limits(timeout=500)), means)
    assert [t.outcome for t in result.tried] == [Outcome.TIMEOUT]
    assert result.outcome is Outcome.TIMEOUT


def test_ctrl_c_ends_the_record_and_is_passed_on() -> None:
    def interrupts(_: Assignment) -> Attempt:
        raise KeyboardInterrupt

    means, records = means_for(FakeCandidate("slow", acts=interrupts))
    with pytest.raises(KeyboardInterrupt):
        do_task(PLAN, means)
    assert about(records.stored["r1"])["outcome"] == "infra_error"
    assert complaints(records.stored["r1"]) == ()


def test_a_branch_taken_meanwhile_is_a_conflict_that_lands_nothing() -> None:
    means, records = means_for(GOOD)
    records.branches["hex/auto/r1"] = "somebody's"
    result = do_task(PLAN, means)
    assert (result.outcome, result.commit) == (Outcome.CONFLICT, "")
    assert records.branches == {"hex/auto/r1": "somebody's"}
    assert ends_of(records)[-1] == ("run.ended", "conflict")


@pytest.mark.parametrize("dry_run", [True, False])
def test_every_record_is_sound_and_has_one_end(*, dry_run: bool) -> None:
    means, records = means_for(FakeCandidate("bad", {"a.py": b"x"}), GOOD)
    do_task(replace(PLAN, dry_run=dry_run), means)
    assert complaints(records.stored["r1"]) == ()
    assert [kind for kind, _ in ends_of(records)].count("run.ended") == 1


def test_rooms_are_closed_whatever_happened() -> None:
    means, _ = means_for(FakeCandidate("bad"), GOOD)
    do_task(PLAN, means)
    assert isinstance(means.rooms, FakeRooms)
    assert (means.rooms.made, means.rooms.open) == (2, 0)
