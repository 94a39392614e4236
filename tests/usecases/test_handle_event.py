import dataclasses
from dataclasses import replace

import pytest
from fakes.forges import BASE, HEAD, PEOPLE, FakeOrigin, Stage

from hexci.domain.asking.claim import ClaimState
from hexci.domain.asking.delivery import Change, Delivery, Inputs, Person, Thread
from hexci.domain.asking.intent import ANY_TASK
from hexci.domain.asking.quota import Quota, Use
from hexci.domain.asking.scene import Checked
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Trust
from hexci.errors import HexciError
from hexci.ports.forge import ForgeFault
from hexci.usecases.handle_event import handle_event

LATER_RUN = "2"


@pytest.fixture
def stage() -> Stage:
    return Stage()


def do(stage: Stage, body: str = "/hex do it", who: str = "ada", *, pull: bool = False) -> Delivery:
    return stage.comment(body, who, pull=pull)


# --------------------------------------------------------------------------- who may ask


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("ada", Outcome.COMMITTED),
        ("ben", Outcome.COMMITTED),
        ("bob", Outcome.DENIED),
        ("mallory", Outcome.DENIED),
    ],
)
def test_only_write_access_has_work_done(stage: Stage, who: str, outcome: Outcome) -> None:
    ended = handle_event(stage.handling(do(stage, who=who)))
    assert ended.outcome == outcome
    assert bool(stage.workshop.requests) == (outcome is Outcome.COMMITTED)
    assert stage.forge.asked == [who]


@pytest.mark.parametrize("body", ["/hex do x", "/hex stop", "/hex help", "/hex dp", "/hex retry"])
def test_an_outsider_gets_no_comment_no_claim_and_no_push(stage: Stage, body: str) -> None:
    ended = handle_event(stage.handling(do(stage, body, "mallory")))
    assert ended.outcome is Outcome.DENIED
    assert (stage.said, stage.board.slips, stage.origin.pushed) == ([], {}, [])


def test_a_login_that_somebody_else_has_by_now_is_denied(stage: Stage) -> None:
    stage.forge.ids["ada"] = 4711
    ended = handle_event(stage.handling(do(stage)))
    assert ended.outcome is Outcome.DENIED
    assert "another account" in ended.reason


def issue(action: str, author: str, sender: str) -> Delivery:
    thread = Thread(12, is_pull=False, title="Fix the sum", author=PEOPLE[author])
    return Delivery(
        "issues", action, "issues-12", "2026-01-02T03:04:05Z", "octo/app", "main",
        PEOPLE[sender], thread, label="hexci", assignee=Person("hexbot", 5),
    )  # fmt: skip


@pytest.mark.parametrize("action", ["labeled", "assigned"])
@pytest.mark.parametrize(
    ("author", "sender", "outcome", "task"),
    [
        ("ben", "ada", Outcome.COMMITTED, "Fix the sum"),
        ("mallory", "ada", Outcome.COMMITTED, ANY_TASK),
        ("ben", "bob", Outcome.DENIED, None),
        ("mallory", "mallory", Outcome.DENIED, None),
    ],
)
def test_a_title_is_a_task_only_when_its_author_could_push_too(
    stage: Stage, action: str, author: str, sender: str, outcome: Outcome, task: str | None
) -> None:
    """T3: a stranger's words are no instruction."""
    stage.inputs = Inputs(assignee="hexbot")
    ended = handle_event(stage.handling(issue(action, author, sender)))
    assert ended.outcome == outcome
    assert [request.task for request, _, _ in stage.workshop.requests] == ([task] if task else [])


@pytest.mark.parametrize("name", ["push", "workflow_dispatch", "repository_dispatch", "schedule"])
@pytest.mark.parametrize("who", ["ada", "bob", None])
def test_automation_runs_the_workflows_task_for_who_may_push(
    stage: Stage, name: str, who: str | None
) -> None:
    stage.inputs = Inputs(task="keep it green", evidence="tests")
    sender = PEOPLE[who] if who else None
    change = Change(BASE, HEAD) if name == "push" else None
    delivery = Delivery(
        name, "", f"{name}-1", "2026-01-02T03:04:05Z", "octo/app", "main", sender, change=change,
        ref="refs/heads/main",
    )  # fmt: skip
    ended = handle_event(stage.handling(delivery))
    allowed = who == "ada" or name == "schedule"
    assert ended.outcome == (Outcome.COMMITTED if allowed else Outcome.DENIED)
    assert stage.said == []


# ------------------------------------------------------------------------- what is done


def test_an_issue_is_worked_on_from_the_default_branch(stage: Stage) -> None:
    body = '/hex do fix it --evidence "pytest -q" --file a.py --candidate repair --mode feature'
    ended = handle_event(stage.handling(do(stage, body)))
    [(request, base, law)] = stage.workshop.requests
    assert (base, law) == (BASE, BASE)
    assert (
        request.task, request.evidence, request.files, request.candidates, request.mode,
        request.trust,
    ) == ("fix it", "pytest -q", ("a.py",), ("repair",), "feature", Trust.TRUSTED)  # fmt: skip
    assert request.limits.timeout == 300.0
    assert request.notes == ("the evidence command was written by ada",)
    [draft] = stage.forge.drafts.values()
    assert (draft.base, draft.body) == ("main", "issue-12 by ada")
    assert stage.forge.reactions == ["eyes", "rocket"]
    assert len(stage.said) == 1
    assert ended.claim
    assert ended.claim.usd == 0.5


def test_a_pull_request_is_bound_to_its_head_and_judged_by_the_default_branchs_law(
    stage: Stage,
) -> None:
    stage.pull()
    handle_event(stage.handling(do(stage, pull=True)))
    [(_, base, law)] = stage.workshop.requests
    assert (base, law) == (HEAD, BASE)
    assert (HEAD, "refs/pull/12/head") in stage.origin.fetched
    [draft] = stage.forge.drafts.values()
    assert draft.base == "topic"


def test_a_head_that_moves_meanwhile_is_stale_and_nothing_is_proposed(stage: Stage) -> None:
    """T4: the head that was asked for, or nothing."""
    pull = stage.pull()

    class Moving(type(stage.workshop)):  # type: ignore[misc]
        def work(self, *given: object) -> str:
            stage.forge.pulls[12] = replace(pull, head_sha="f" * 40)
            return str(super().work(*given))

    stage.workshop = Moving()
    ended = handle_event(stage.handling(do(stage, pull=True)))
    assert ended.outcome is Outcome.STALE_HEAD
    assert stage.forge.drafts == {}
    assert [branch for _, branch in stage.origin.pushed] == [""]


@pytest.mark.parametrize("outcome", [Outcome.NO_CHANGE, Outcome.UNPROVEN, Outcome.TAMPERED])
def test_what_is_not_proven_is_recorded_and_not_proposed(stage: Stage, outcome: Outcome) -> None:
    stage.workshop.outcome = outcome
    ended = handle_event(stage.handling(do(stage)))
    assert ended.outcome is outcome
    assert stage.forge.drafts == {}
    assert [branch for _, branch in stage.origin.pushed] == [""]
    assert stage.forge.reactions == ["eyes", "confused"]


# ------------------------------------------------------------------------------- forks


def test_a_forks_code_waits_for_a_second_person_and_is_never_pushed(stage: Stage) -> None:
    stage.pull(fork=True)
    first = handle_event(stage.handling(do(stage, "/hex do it --candidate openai/x", pull=True)))
    assert first.outcome is Outcome.DENIED
    assert f"/hex approve {HEAD}" in stage.said[0]
    assert stage.workshop.requests == []
    approve = do(stage, f"/hex approve {HEAD}", "ben", pull=True)
    ended = handle_event(stage.handling(approve, LATER_RUN))
    assert ended.outcome is Outcome.PROPOSED
    [(request, base, law)] = stage.workshop.requests
    assert (base, law, request.dry_run, request.trust) == (HEAD, BASE, True, Trust.UNTRUSTED)
    assert request.candidates == ("repair",)
    assert stage.forge.drafts == {}
    assert ClaimState.WAITING not in [claim.state for claim in stage.claims]


@pytest.mark.parametrize(
    ("approver", "author", "sha", "said"),
    [
        ("ada", "mallory", HEAD, "cannot approve"),
        ("ben", "ben", HEAD, "cannot approve"),
        ("ben", "mallory", "e" * 40, "by now"),
        ("bob", "mallory", HEAD, "write access"),
    ],
)
def test_an_approval_needs_another_person_and_the_very_commit(
    stage: Stage, approver: str, author: str, sha: str, said: str
) -> None:
    """T4, T22: nobody approves what is theirs, or what they have not seen."""
    stage.pull(fork=True, author=author)
    handle_event(stage.handling(do(stage, pull=True)))
    approve = do(stage, f"/hex approve {sha}", approver, pull=True)
    ended = handle_event(stage.handling(approve, LATER_RUN))
    assert ended.outcome is Outcome.DENIED
    assert said in ended.reason
    assert stage.workshop.requests == []


def test_no_bot_approves_a_commit_or_moves_a_decision_on(stage: Stage) -> None:
    """T22: a machine that may ask is no second person."""
    robot = Person("robot[bot]", 70, is_bot=True)
    stage.inputs = Inputs(bots=frozenset({70}))
    stage.forge.levels["robot[bot]"], stage.forge.ids["robot[bot]"] = "write", 70
    stage.pull(fork=True)
    handle_event(stage.handling(do(stage, pull=True)))
    for number, body in enumerate([f"/hex approve {HEAD}", "/hex adr accept one"]):
        asked = do(stage, body, pull=True)
        assert asked.comment
        asked = replace(asked, sender=robot, comment=replace(asked.comment, author=robot))
        ended = handle_event(stage.handling(asked, f"5{number}"))
        assert (ended.outcome, "is a person's" in ended.reason) == (Outcome.DENIED, True)
    assert (stage.workshop.requests, stage.workshop.decided) == ([], [])


def test_an_approval_of_what_nobody_asked_for_is_bad_input(stage: Stage) -> None:
    stage.pull(fork=True)
    ended = handle_event(stage.handling(do(stage, f"/hex approve {HEAD}", pull=True)))
    assert ended.outcome is Outcome.BAD_INPUT


def test_a_retry_on_a_fork_does_not_get_round_the_approval(stage: Stage) -> None:
    """T22: no other way in."""
    stage.pull(fork=True)
    handle_event(stage.handling(do(stage, pull=True)))
    ended = handle_event(stage.handling(do(stage, "/hex retry", "ben", pull=True), LATER_RUN))
    assert ended.outcome is Outcome.DENIED
    assert stage.workshop.requests == []


# ------------------------------------------------------------------- once, however often


def test_three_deliveries_of_one_event_make_one_run_one_draft_one_comment(stage: Stage) -> None:
    """T19: delivered again is not asked again."""
    delivery = do(stage)
    ends = [handle_event(stage.handling(delivery, str(n))) for n in range(3)]
    assert [ended.outcome for ended in ends] == [Outcome.COMMITTED] * 3
    assert (len(stage.workshop.requests), len(stage.forge.drafts), len(stage.said)) == (1, 1, 1)


def test_a_second_job_leaves_an_event_to_the_first(stage: Stage) -> None:
    delivery = do(stage)

    class Nested(type(stage.workshop)):  # type: ignore[misc]
        def work(self, *given: object) -> str:
            nested = handle_event(stage.handling(delivery, "99"))
            assert not nested.handled
            return str(super().work(*given))

    stage.workshop = Nested()
    assert handle_event(stage.handling(delivery)).outcome is Outcome.COMMITTED
    assert len(stage.workshop.requests) == 1


@pytest.mark.parametrize("point", ["tip", "fetch_runs", "push_run"])
def test_an_outage_leaves_the_claim_to_the_jobs_next_attempt(stage: Stage, point: str) -> None:
    delivery = do(stage)

    class Broken(FakeOrigin):
        pass

    def fail(*_: object) -> str:
        raise HexciError("the remote is down")

    broken = Broken()
    setattr(broken, point, fail)
    stage.origin = broken
    with pytest.raises(HexciError, match="is down"):
        handle_event(stage.handling(delivery))
    assert "the remote is down" in stage.said[0]
    assert "Re-run the job" in stage.said[0]
    stage.origin = FakeOrigin()
    ended = handle_event(stage.handling(delivery, attempt=2))
    assert ended.outcome is Outcome.COMMITTED
    assert (len(stage.forge.drafts), len(stage.said)) == (1, 1)
    assert len(stage.origin.pushed) == 1


def test_a_run_that_was_pushed_before_the_job_died_is_not_made_again(stage: Stage) -> None:
    delivery = do(stage)
    draft = stage.forge.propose

    def fail(*_: object) -> None:
        raise ForgeFault("502")

    stage.forge.propose = fail  # type: ignore[assignment, method-assign]
    with pytest.raises(ForgeFault):
        handle_event(stage.handling(delivery))
    stage.forge.propose = draft  # type: ignore[method-assign]
    ended = handle_event(stage.handling(delivery, attempt=2))
    assert ended.outcome is Outcome.COMMITTED
    assert (len(stage.workshop.requests), len(stage.forge.drafts)) == (1, 1)


def test_a_silent_job_is_given_up_only_after_its_lease(stage: Stage) -> None:
    delivery = do(stage)
    fail = stage.origin.tip
    stage.origin.tip = lambda ref: (_ for _ in ()).throw(HexciError("killed"))  # type: ignore[method-assign]
    with pytest.raises(HexciError):
        handle_event(stage.handling(delivery))
    stage.origin.tip = fail  # type: ignore[method-assign]
    assert not handle_event(stage.handling(delivery, LATER_RUN)).handled
    [(name, slip)] = stage.board.slips.items()
    stage.board.slips[name] = dataclasses.replace(
        slip, body={**slip.body, "expires": "2026-01-02T03:04:04Z"}
    )
    ended = handle_event(stage.handling(delivery, LATER_RUN))
    assert ended.outcome is Outcome.COMMITTED
    [(request, _, _)] = stage.workshop.requests
    assert request.attempt == 2


# ------------------------------------------------------------------------ stop and retry


def test_a_stop_before_landing_wins_and_nothing_is_pushed(stage: Stage) -> None:
    class Stopped(type(stage.workshop)):  # type: ignore[misc]
        def work(self, *given: object) -> str:
            ended = handle_event(stage.handling(do(stage, "/hex stop", "ben"), "7"))
            assert "Stopped `/hex do it` of @ada" in ended.reason
            return str(super().work(*given))

    stage.workshop = Stopped()
    ended = handle_event(stage.handling(do(stage)))
    assert ended.outcome is Outcome.CONFLICT
    assert ended.reason == "the run was stopped"
    assert stage.said[0].split(" ", 3)[3] == "stopped conflict the run was stopped"
    assert (stage.origin.pushed, stage.forge.drafts) == ([], {})
    assert stage.forge.cancelled == ["1"]


def test_a_stop_with_nothing_under_way_says_so(stage: Stage) -> None:
    ended = handle_event(stage.handling(do(stage, "/hex stop")))
    assert ended.reason == "Nothing is under way here."


def test_a_retry_does_the_last_work_again_as_another_run(stage: Stage) -> None:
    stage.workshop.outcome = Outcome.NO_CHANGE
    handle_event(stage.handling(do(stage, "/hex do the thing --evidence tests")))
    handle_event(stage.handling(do(stage, "/hex help")))
    stage.workshop.outcome = Outcome.COMMITTED
    ended = handle_event(stage.handling(do(stage, "/hex retry", "ben"), LATER_RUN))
    assert ended.outcome is Outcome.COMMITTED
    one, two = (request for request, _, _ in stage.workshop.requests)
    assert (one.task, one.evidence) == (two.task, two.evidence) == ("the thing", "tests")
    assert one.event.id != two.event.id
    assert two.event.actor == "ben"
    again = handle_event(stage.handling(do(stage, "/hex retry"), "3"))
    assert again.outcome is Outcome.COMMITTED


def test_a_retry_of_nothing_is_bad_input(stage: Stage) -> None:
    ended = handle_event(stage.handling(do(stage, "/hex retry")))
    assert ended.outcome is Outcome.BAD_INPUT
    assert len(stage.said) == 1


# -------------------------------------------------------------------------------- quota


@pytest.mark.parametrize(
    ("quota", "said"),
    [
        (Quota(actor_runs=2), "ada had 2 of 2 runs"),
        (Quota(actor_runs=3, all_runs=3), "everybody together had 3 of 3"),
        (Quota(actor_usd=1.5), "ada spent $1.50 of $1.50"),
        (Quota(all_usd=2.0), "everybody together spent $2.50"),
        (Quota(actor_runs=0), "ada had 2 of 0"),
    ],
)
def test_a_day_has_limits_summed_from_the_runs(stage: Stage, quota: Quota, said: str) -> None:
    """T19: per account, and for everybody together."""
    stage.workshop.limits = quota
    stage.workshop.earlier = (Use("r1", "ada", 1.0), Use("r2", "Ada", 0.5), Use("r3", "ben", 1.0))
    ended = handle_event(stage.handling(do(stage)))
    assert ended.outcome is Outcome.BUDGET
    assert said in ended.reason
    assert stage.workshop.requests == []


# -------------------------------------------------------------------------------- checks


def pull_event(*, fork: bool, who: str = "mallory") -> Delivery:
    return Delivery(
        "pull_request", "synchronize", "pull_request-12", "2026-01-02T03:04:05Z", "octo/app",
        "main", PEOPLE[who], Thread(12, is_pull=True),
        change=Change(BASE, HEAD, "main", "topic", fork),
    )  # fmt: skip


@pytest.mark.parametrize("fork", [True, False])
def test_anybodys_pull_request_is_checked_and_nothing_else(stage: Stage, *, fork: bool) -> None:
    finding = Finding("BND001", Severity.ERROR, "a.py", 3, 1, "imports b")
    stage.workshop.checked = Checked(
        Report.of("analyze", [finding]), "page", "{}", Outcome.FINDINGS
    )
    ended = handle_event(stage.handling(pull_event(fork=fork)))
    assert ended.outcome is Outcome.FINDINGS
    [check] = stage.forge.checks
    assert (check.head_sha, check.conclusion, len(check.notes)) == (HEAD, "failure", 1)
    assert (stage.workshop.requests, stage.board.slips, stage.said) == ([], {}, [])


def test_analyze_by_comment_checks_the_head_as_it_is_now(stage: Stage) -> None:
    stage.pull(fork=True)
    ended = handle_event(stage.handling(do(stage, "/hex analyze", pull=True)))
    assert ended.outcome is Outcome.OK
    assert [check.head_sha for check in stage.forge.checks] == [HEAD]
    assert stage.forge.reactions == ["eyes", "rocket"]
    assert len(stage.said) == 1
    outsider = handle_event(stage.handling(do(stage, "/hex analyze", "mallory", pull=True)))
    assert outsider.outcome is Outcome.DENIED


def test_a_repository_without_boundaries_is_a_named_nothing(stage: Stage) -> None:
    stage.workshop.checked = Checked(Report("analyze"), "", "", Outcome.OK)
    ended = handle_event(stage.handling(pull_event(fork=False)))
    assert (ended.handled, ended.outcome) == (False, Outcome.OK)
    assert "no boundaries" in ended.reason


# ------------------------------------------------------------------------------- answers


def test_a_misspelt_command_is_answered_and_is_bad_input(stage: Stage) -> None:
    ended = handle_event(stage.handling(do(stage, "/hex dp it")))
    assert ended.outcome is Outcome.BAD_INPUT
    assert "Did you mean: /hex do" in stage.said[0]
    assert stage.forge.reactions == ["eyes", "confused"]


def test_a_build_is_worked_on_like_a_task_in_a_folder_and_never_on_a_fork(stage: Stage) -> None:
    body = "/hex build a counter --target kit --candidate openai/x"
    ended = handle_event(stage.handling(do(stage, body)))
    assert ended.outcome is Outcome.COMMITTED
    [(request, base, law)] = stage.workshop.requests
    assert (request.task, request.mode, request.candidates) == (
        "a counter", "feature", ("openai/x",),
    )  # fmt: skip
    assert (base, law, stage.workshop.built) == (BASE, BASE, ["kit"])
    assert [draft.base for draft in stage.forge.drafts.values()] == ["main"]
    handle_event(stage.handling(do(stage, "/hex retry"), LATER_RUN))
    assert stage.workshop.built == ["kit", "kit"]
    stage.pull(fork=True)
    assert handle_event(stage.handling(do(stage, body, pull=True))).outcome is Outcome.DENIED
    approve = do(stage, f"/hex approve {HEAD}", "ben", pull=True)
    assert handle_event(stage.handling(approve, "3")).outcome is Outcome.BAD_INPUT
    assert stage.workshop.built == ["kit", "kit"]


def test_explain_tells_of_a_rule_or_of_the_last_run(stage: Stage) -> None:
    assert handle_event(stage.handling(do(stage, "/hex explain X1"))).reason == "about X1"
    handle_event(stage.handling(do(stage)))
    told = handle_event(stage.handling(do(stage, "/hex explain"))).reason
    assert "ended with committed" in told
    assert len(stage.said) == 1


def test_two_comments_with_our_marker_become_one(stage: Stage) -> None:
    marker = "<!-- hexci:thread -->"
    stage.forge.add_comment(12, f"{marker} old")
    stage.forge.add_comment(12, f"{marker} double")
    handle_event(stage.handling(do(stage, "/hex help")))
    assert list(stage.forge.posted) == [1]
