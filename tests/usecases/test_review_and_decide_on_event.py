from dataclasses import replace

import pytest
from fakes.forges import BASE, HEAD, FakeWorkshop, Stage

from hexci.domain.asking.claim import ClaimState
from hexci.domain.asking.delivery import Inputs
from hexci.domain.asking.quota import Quota
from hexci.domain.asking.scene import Checked, Decision
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Trust
from hexci.errors import DeniedError
from hexci.ports.forge import Draft, PullLink
from hexci.usecases.handle_event import handle_event

RUN = "20260102T030405Z-0123456789ab"
FOUND = Checked(
    Report.of("review", [Finding("REV001", Severity.ERROR, "a.py", 3, 0, "divides by zero")]),
    "page", "{}", Outcome.FINDINGS, 0.25, 10, RUN,
)  # fmt: skip


@pytest.fixture
def stage() -> Stage:
    return Stage()


# ----------------------------------------------------------------------------- /hex review


def test_a_review_on_a_pull_request_looks_at_what_it_changes_at_its_head(stage: Stage) -> None:
    stage.pull()
    stage.workshop.checked = FOUND
    ended = handle_event(stage.handling(stage.comment("/hex review", pull=True)))
    assert ended.outcome is Outcome.FINDINGS
    assert ended.reason == f"1 defect is shown by a test, at {HEAD[:12]}."
    [(request, head, law)] = stage.workshop.requests
    assert (head, law, request.candidates, request.trust) == (
        HEAD, BASE, ("repair",), Trust.TRUSTED,
    )  # fmt: skip
    assert stage.workshop.reviewed == [f"{BASE}..{HEAD}"]
    assert [(check.head_sha, check.name) for check in stage.forge.checks] == [(HEAD, "review")]
    assert (stage.forge.reactions, len(stage.said)) == (["eyes", "confused"], 1)
    assert (stage.forge.drafts, stage.origin.pushed) == ({}, [(RUN, "")])
    assert ended.claim
    assert (ended.claim.usd, ended.claim.run) == (0.25, RUN)


def test_a_review_on_an_issue_looks_at_the_default_branch_or_a_path_of_it(stage: Stage) -> None:
    stage.inputs = Inputs(evidence="tests", candidates=("openai/x",))
    handle_event(stage.handling(stage.comment("/hex review")))
    body = '/hex review src --evidence "make test" --candidate ollama/y'
    handle_event(stage.handling(stage.comment(body), "2"))
    (one, head, _), (two, _, _) = stage.workshop.requests
    assert (head, stage.workshop.reviewed) == (BASE, [".", "src"])
    assert (one.evidence, one.candidates) == ("tests", ("openai/x",))
    assert (two.evidence, two.candidates) == ("make test", ("ollama/y",))


def test_a_forks_code_is_reviewed_only_after_an_approval_and_without_a_model(stage: Stage) -> None:
    stage.pull(fork=True)
    asked = stage.comment("/hex review --candidate openai/x", pull=True)
    assert handle_event(stage.handling(asked)).outcome is Outcome.DENIED
    assert stage.workshop.requests == []
    approve = stage.comment(f"/hex approve {HEAD}", "ben", pull=True)
    handle_event(stage.handling(approve, "2"))
    [(request, head, law)] = stage.workshop.requests
    assert (head, law, request.candidates, request.trust) == (
        HEAD, BASE, ("repair",), Trust.UNTRUSTED,
    )  # fmt: skip
    assert ClaimState.WAITING not in [claim.state for claim in stage.claims]


def test_a_review_that_was_stopped_is_not_told(stage: Stage) -> None:
    class Stopped(FakeWorkshop):
        def review(self, *given: object) -> Checked:
            handle_event(stage.handling(stage.comment("/hex stop", "ben"), "7"))
            return FOUND

    stage.workshop = Stopped()
    ended = handle_event(stage.handling(stage.comment("/hex review")))
    assert (ended.outcome, ended.reason) == (Outcome.CONFLICT, "the run was stopped")
    assert stage.forge.checks == []


def test_a_review_without_the_right_to_write_checks_is_told_all_the_same(stage: Stage) -> None:
    def refuse(*_: object) -> None:
        raise DeniedError("checks: write")

    stage.forge.check = refuse  # type: ignore[assignment, method-assign]
    stage.workshop.checked = FOUND
    ended = handle_event(stage.handling(stage.comment("/hex review")))
    assert ended.outcome is Outcome.FINDINGS
    assert len(stage.said) == 1


def test_reviews_count_against_the_quota_of_a_day(stage: Stage) -> None:
    stage.workshop.limits = Quota(actor_runs=2)
    stage.workshop.checked = replace(FOUND, outcome=Outcome.REVIEWED_CLEAN, run="")
    outcomes = [
        handle_event(stage.handling(stage.comment(body), str(n))).outcome
        for n, body in enumerate(["/hex help", "/hex review", "/hex review", "/hex review"])
    ]
    assert outcomes == [
        Outcome.OK, Outcome.REVIEWED_CLEAN, Outcome.REVIEWED_CLEAN, Outcome.BUDGET,
    ]  # fmt: skip


def test_a_retry_reviews_again(stage: Stage) -> None:
    handle_event(stage.handling(stage.comment("/hex review src")))
    handle_event(stage.handling(stage.comment("/hex retry"), "2"))
    assert stage.workshop.reviewed == ["src", "src"]


def test_three_deliveries_of_a_review_are_one(stage: Stage) -> None:
    delivery = stage.comment("/hex review")
    ends = [handle_event(stage.handling(delivery, str(n))).outcome for n in range(3)]
    assert ends == [Outcome.OK] * 3
    assert (stage.workshop.reviewed, len(stage.forge.checks), len(stage.said)) == (["."], 1, 1)


# -------------------------------------------------------------------------------- /hex adr


def test_a_record_is_shown_as_it_is_on_the_thread_that_asks(stage: Stage) -> None:
    stage.pull()
    on_issue = handle_event(stage.handling(stage.comment("/hex adr show one")))
    on_pull = handle_event(stage.handling(stage.comment("/hex adr show one", pull=True), "2"))
    assert [on_issue.reason, on_pull.reason] == [f"one at {BASE}", f"one at {HEAD}"]


def test_a_record_is_moved_on_by_a_draft_and_by_nothing_else(stage: Stage) -> None:
    delivery = stage.comment("/hex adr accept one")
    ends = [handle_event(stage.handling(delivery, str(n))) for n in range(3)]
    assert [ended.outcome for ended in ends] == [Outcome.OK] * 3
    assert stage.workshop.decided == [(BASE, BASE)]
    [(head, draft)] = stage.forge.drafts.items()
    assert (head, draft.base) == ("hex/auto/adr-accept-1", "main")
    assert stage.origin.refs[f"refs/heads/{head}"] == "d" * 40
    assert stage.origin.refs["refs/heads/main"] == BASE
    assert [claim.pull for claim in stage.claims] == [91]


def test_a_decision_on_a_pull_request_goes_into_its_branch(stage: Stage) -> None:
    stage.pull()
    handle_event(stage.handling(stage.comment("/hex adr reject one", pull=True)))
    assert stage.workshop.decided == [(HEAD, BASE)]
    assert [draft.base for draft in stage.forge.drafts.values()] == ["topic"]


def test_what_the_ledgers_rules_forbid_is_told_and_not_written(stage: Stage) -> None:
    stage.workshop.decision = Decision(Outcome.FINDINGS, "ADR-012 one-way")
    ended = handle_event(stage.handling(stage.comment("/hex adr accept one")))
    assert (ended.outcome, ended.reason) == (Outcome.FINDINGS, "ADR-012 one-way")
    assert stage.forge.drafts == {}


def test_on_a_fork_a_decision_is_a_patch_and_nothing_is_pushed(stage: Stage) -> None:
    stage.pull(fork=True)
    ended = handle_event(stage.handling(stage.comment("/hex adr accept one", pull=True)))
    assert ended.outcome is Outcome.PROPOSED
    assert ended.decision
    assert ended.decision.patch == "diff"
    assert (stage.forge.drafts, len(stage.origin.refs)) == ({}, 1)


def test_a_head_that_moved_gets_no_decision(stage: Stage) -> None:
    pull = stage.pull()

    class Moving(FakeWorkshop):
        def decide(self, *given: object) -> Decision:
            stage.forge.pulls[12] = replace(pull, head_sha="f" * 40)
            return self.decision

    stage.workshop = Moving()
    ended = handle_event(stage.handling(stage.comment("/hex adr accept one", pull=True)))
    assert ended.outcome is Outcome.STALE_HEAD
    assert (stage.forge.drafts, len(stage.origin.refs)) == ({}, 1)


@pytest.mark.parametrize("body", ["/hex do it", "/hex adr accept one"])
def test_a_permission_that_is_missing_at_the_very_end_is_told(stage: Stage, body: str) -> None:
    def refuse(draft: Draft) -> PullLink:
        raise DeniedError("POST pulls: 403", "The job needs permissions: pull_requests=write")

    stage.forge.propose = refuse  # type: ignore[method-assign]
    ended = handle_event(stage.handling(stage.comment(body)))
    assert ended.outcome is Outcome.DENIED
    assert [claim.state for claim in stage.claims] == [ClaimState.DONE]
    assert "pull_requests=write" in stage.said[0]


# ---------------------------------------------------------------------------------- T24


@pytest.mark.parametrize("verb", ["do it", "review", "adr accept one"])
def test_t24_no_comment_of_anybody_ends_what_is_under_way(stage: Stage, verb: str) -> None:
    """T24: strangers, hexci's own comment, other commands, the same event again: it goes on."""

    class Noisy(FakeWorkshop):
        def noise(self) -> None:
            own = stage.comment("<!-- hexci:thread -->\n### hexci: at work\n\n/hex stop", "ada")
            for number, delivery in enumerate(
                [
                    stage.comment("/hex stop", "mallory"), stage.comment("/hex stop", "bob"), own,
                    stage.comment("nice work!", "ben"), stage.comment("/hex help", "ben"),
                    stage.comment("> /hex stop", "ben"), delivery_under_way,
                ]
            ):  # fmt: skip
                handle_event(stage.handling(delivery, f"9{number}"))

        def work(self, *given: object) -> str:
            self.noise()
            return super().work(*given)  # type: ignore[arg-type]

        def review(self, *given: object) -> Checked:
            self.noise()
            return FOUND

        def decide(self, *given: object) -> Decision:
            self.noise()
            return self.decision

    stage.workshop = Noisy()
    delivery_under_way = stage.comment(f"/hex {verb}")
    ended = handle_event(stage.handling(delivery_under_way))
    assert ended.outcome in {Outcome.COMMITTED, Outcome.FINDINGS, Outcome.OK}
    assert stage.forge.cancelled == []
    [claim] = [c for c in stage.claims if c.verb == verb.partition(" ")[0]]
    assert (claim.state, claim.tries) == (ClaimState.DONE, 1)
    assert len(stage.said) == 1
