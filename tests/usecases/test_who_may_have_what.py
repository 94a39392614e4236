"""Threat T17: event by actor by permission by trust, every row of it; what is unknown is denied."""

from dataclasses import replace

import pytest
from fakes.forges import BASE, HEAD, PEOPLE, Stage

from hexci.domain.asking.commands import Verb
from hexci.domain.asking.delivery import Change, Comment, Delivery, Inputs, Person, Thread
from hexci.domain.asking.scene import Ended
from hexci.domain.plan import Trust
from hexci.ports.forge import Permission
from hexci.usecases.handle_event import handle_event

AT = "2026-01-02T03:04:05Z"
BOT, STRANGE_BOT = Person("robot[bot]", 70, is_bot=True), Person("other[bot]", 71, is_bot=True)
READER_BOT = Person("reader[bot]", 72, is_bot=True)
ACTORS = {
    "admin": PEOPLE["ada"], "write": PEOPLE["ben"], "read": PEOPLE["bob"],
    "none": PEOPLE["mallory"], "maintain": Person("mia", 20), "triage": Person("tim", 21),
    "owner!": Person("eve", 22), "another account": Person("zoe", 23),
    "a listed bot that may write": BOT, "a listed bot that may read": READER_BOT,
    "a bot that nobody listed": STRANGE_BOT, "nobody": None,
}  # fmt: skip
# GitHub answers `write` for the role maintain and `read` for triage; other words are none of ours
LEVELS = {
    "mia": "maintain", "tim": "triage", "eve": "owner!", "zoe": "admin", "robot[bot]": "write",
    "reader[bot]": "read", "other[bot]": "admin",
}  # fmt: skip
MAY = {"admin", "write", "a listed bot that may write"}
WORKING = {
    "do": "/hex do it", "review": "/hex review", "retry": "/hex retry", "analyze": "/hex analyze",
    "adr": "/hex adr accept one", "stop": "/hex stop", "approve": f"/hex approve {HEAD}",
    "explain": "/hex explain", "help": "/hex help", "build": "/hex build it",
}  # fmt: skip
AUTOMATION = ("push", "workflow_dispatch", "repository_dispatch", "schedule")
THREADS = ("an issue", "a pull request", "a fork's pull request")


def a_stage(actor: Person | None) -> Stage:
    stage = Stage(inputs=Inputs(task="t", assignee="hexbot", bots=frozenset({70, 72})))
    stage.forge.levels |= LEVELS
    people = {person.login: person.id for person in ACTORS.values() if person}
    stage.forge.ids |= people | {"zoe": 4711}
    return stage


def ran(stage: Stage, ended: Ended) -> str:
    """What was done for it, as a word."""
    if stage.workshop.requests:
        [(request, _, law)] = stage.workshop.requests
        assert law == BASE
        return f"worked {request.trust}"
    if stage.workshop.decided:
        return "decided"
    if stage.forge.checks:
        return "checked"
    if not ended.handled:
        return "nothing"
    return "denied" if ended.outcome == "denied" else "answered"


def under(thread: str, body: str, actor: Person | None, event: str) -> Delivery:
    slug = Thread(12, is_pull=thread != "an issue", author=PEOPLE["mallory"])
    comment = Comment(5, body, actor, inline=event != "issue_comment") if actor else None
    return Delivery(
        event, "created", f"{event}-5-created", AT, "octo/app", "main", actor, slug, comment
    )


def expected_of_a_comment(verb: str, thread: str, actor: str) -> set[str]:
    """The table in words."""
    if actor in {"a bot that nobody listed", "nobody"}:
        return {"nothing"}
    if actor not in MAY:
        return {"denied"}
    if actor == "a listed bot that may write" and verb in {"adr", "approve"}:
        return {"denied", "answered"}  # a person's to decide; nothing to approve on an issue
    if thread == "a fork's pull request" and verb in {"do", "review", "retry", "build"}:
        return {"denied"}  # until somebody approves the commit
    return {
        "do": {f"worked {Trust.TRUSTED}"}, "review": {f"worked {Trust.TRUSTED}"},
        "build": {f"worked {Trust.TRUSTED}"}, "analyze": {"checked"}, "adr": {"decided"},
    }.get(verb, {"answered"})  # fmt: skip


@pytest.mark.parametrize("event", ["issue_comment", "pull_request_review_comment"])
@pytest.mark.parametrize("verb", [verb.value for verb in Verb])
def test_t17_a_comment_by_everybody_everywhere(event: str, verb: str) -> None:
    for thread in THREADS:
        for name, actor in ACTORS.items():
            stage = a_stage(actor)
            if thread != "an issue":
                stage.pull(fork=thread == "a fork's pull request")
            ended = handle_event(stage.handling(under(thread, WORKING[verb], actor, event)))
            row = (thread, name, ended.reason)
            assert ran(stage, ended) in expected_of_a_comment(verb, thread, name), row
            if name not in MAY:
                # strangers get no comment, no claim, no push, no proposal
                seen = (stage.said, stage.board.slips, stage.origin.pushed, stage.forge.drafts)
                assert seen == ([], {}, [], {}), row


@pytest.mark.parametrize("action", ["labeled", "assigned"])
def test_t17_a_label_or_an_assignment_by_everybody(action: str) -> None:
    for name, actor in ACTORS.items():
        stage = a_stage(actor)
        delivery = Delivery(
            "issues", action, "issues-12", AT, "octo/app", "main", actor,
            Thread(12, is_pull=False, title="x", author=PEOPLE["mallory"]),
            label="hexci", assignee=Person("hexbot", 5),
        )  # fmt: skip
        done = ran(stage, handle_event(stage.handling(delivery)))
        no = "nothing" if name == "a bot that nobody listed" else "denied"
        assert (name, done) == (name, "worked trusted" if name in MAY else no)


@pytest.mark.parametrize("event", AUTOMATION)
def test_t17_automation_by_everybody(event: str) -> None:
    for name, actor in ACTORS.items():
        stage = a_stage(actor)
        change = Change(BASE, HEAD) if event == "push" else None
        delivery = Delivery(
            event, "", f"{event}-1", AT, "octo/app", "main", actor, change=change,
            ref="refs/heads/main",
        )  # fmt: skip
        done = ran(stage, handle_event(stage.handling(delivery)))
        # the workflow on the default branch speaks for itself on a schedule
        allowed = name in MAY or event == "schedule"
        if name == "a bot that nobody listed":
            assert (name, done) == (name, "nothing")
        else:
            assert (name, done) == (name, "worked trusted" if allowed else "denied")


@pytest.mark.parametrize("event", ["pull_request", "merge_group"])
@pytest.mark.parametrize("fork", [False, True])
def test_t17_checks_for_anybody_and_nothing_else(event: str, *, fork: bool) -> None:
    """T1: a fork's code is checked, by the law of its base, and nothing of it is worked on."""
    action = "opened" if event == "pull_request" else "checks_requested"
    for name, actor in ACTORS.items():
        stage = a_stage(actor)
        thread = Thread(12, is_pull=True) if event == "pull_request" else None
        change = Change(BASE, HEAD, "main", "topic", fork)
        delivery = Delivery(
            event, action, f"{event}-1", AT, "octo/app", "main", actor, thread, change=change
        )
        done = ran(stage, handle_event(stage.handling(delivery)))
        assert (name, done) == (name, "checked")
        assert (stage.board.slips, stage.origin.pushed, stage.said) == ({}, [], [])


@pytest.mark.parametrize(
    "event",
    [
        "pull_request_target", "workflow_run", "pull_request_review", "discussion_comment",
        "commit_comment", "release", "fork", "watch", "member", "", "issue_comment2",
    ],
)  # fmt: skip
def test_t17_events_that_nobody_described_do_nothing_for_anybody(event: str) -> None:
    """T1: pull_request_target and workflow_run least of all."""
    for actor in ACTORS.values():
        stage = a_stage(actor)
        delivery = replace(
            under("a pull request", "/hex do it", actor, "issue_comment"), name=event
        )
        assert ran(stage, handle_event(stage.handling(delivery))) == "nothing"
        assert stage.forge.asked == []


@pytest.mark.parametrize("action", ["edited", "deleted", "", "created "])
def test_t4_only_a_new_comment_is_a_command(action: str) -> None:
    """T4: an edit would bring today's rights to yesterday's approval."""
    stage = a_stage(PEOPLE["ada"])
    delivery = replace(
        under("an issue", "/hex do it", PEOPLE["ada"], "issue_comment"), action=action
    )
    assert ran(stage, handle_event(stage.handling(delivery))) == "nothing"


def test_t17_who_sends_an_event_must_be_who_wrote_the_comment() -> None:
    stage = a_stage(PEOPLE["ada"])
    delivery = replace(
        under("an issue", "/hex do it", PEOPLE["mallory"], "issue_comment"), sender=PEOPLE["ada"]
    )
    assert ran(stage, handle_event(stage.handling(delivery))) == "nothing"


def test_t17_an_empty_answer_about_a_permission_is_no_permission() -> None:
    assert [Permission(word, 1).may_write for word in ("", "Admin", "WRITE", "maintain")] == [
        False, False, False, False,
    ]  # fmt: skip
