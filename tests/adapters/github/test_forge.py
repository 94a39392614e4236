import time
from collections.abc import Iterator

import pytest
from fakes.github_server import BOT, TOKEN, FakeGitHub, Fault, fake_github

from hexci.adapters.github.client import Client, Patience
from hexci.adapters.github.forge import GitHub
from hexci.errors import BadInputError, DeniedError, HexciError
from hexci.ports.forge import Check, Draft, ForgeFault, Note, Permission


class Wheel:
    """A clock that sleeping turns."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def now(self) -> str:
        return "2026-01-02T03:04:05Z"

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake_github(permissions={"ada": "admin", "bob": "read"}, accounts={"ada": 7}) as github:
        yield github
    assert github.violations == []


@pytest.fixture
def wheel() -> Wheel:
    return Wheel()


@pytest.fixture
def forge(server: FakeGitHub, wheel: Wheel) -> GitHub:
    return forge_of(server, wheel)


def forge_of(server: FakeGitHub, wheel: Wheel, token: str = TOKEN) -> GitHub:
    return GitHub(Client(server.url, token, Patience(wheel, wheel.sleep)), server.repository)


DRAFT = Draft("hex/auto/r1", "main", "Fix it", "body", ("hexci",))


def test_permission_is_what_the_endpoint_says_and_none_for_the_unknown(forge: GitHub) -> None:
    assert Permission("admin", 7) == forge.permission("ada")
    assert Permission("read", 1) == forge.permission("bob")
    assert Permission("none", 0) == forge.permission("mallory")


def test_a_role_is_githubs_own_name_for_it_and_none_for_the_unknown(
    server: FakeGitHub, forge: GitHub
) -> None:
    server.permissions["eve"] = "maintain"
    assert [forge.role(who) for who in ("ada", "bob", "eve", "mallory")] == [
        "admin", "read", "maintain", "none",
    ]  # fmt: skip


def test_an_event_is_sent_with_its_data_and_not_twice(server: FakeGitHub, forge: GitHub) -> None:
    forge.dispatch("hexci.scanned", {"topic": "scanned", "depth": 1})
    assert server.dispatched == [
        {"event_type": "hexci.scanned", "client_payload": {"topic": "scanned", "depth": 1}}
    ]
    server.faults.append(Fault(502, late=True))
    with pytest.raises(ForgeFault):
        forge.dispatch("hexci.scanned", {})
    assert len(server.dispatched) == 2


def test_a_permission_word_that_nobody_knows_is_none(server: FakeGitHub, forge: GitHub) -> None:
    server.permissions["eve"] = "owner-of-everything"
    assert forge.permission("eve").may_write is False


def test_all_pages_of_comments_are_read_and_only_ours_are_own(
    server: FakeGitHub, forge: GitHub
) -> None:
    for n in range(250):
        user = BOT if n == 249 else {"login": "mallory", "id": 9, "type": "User"}
        server.comments[n + 1] = {"id": n + 1, "number": 3, "body": f"c{n}", "user": user}
    listed = forge.comments(3)
    assert [f"c{n}" for n in range(250)] == [c.body for c in listed]
    assert [c.id for c in listed if c.own] == [250]


def test_a_comment_is_written_edited_and_removed(server: FakeGitHub, forge: GitHub) -> None:
    made = forge.add_comment(3, "one")
    forge.edit_comment(made.id, "two")
    assert [c["body"] for c in server.comments.values()] == ["two"]
    forge.remove_comment(made.id)
    forge.remove_comment(made.id)
    assert server.comments == {}


def test_a_reaction_twice_is_one(server: FakeGitHub, forge: GitHub) -> None:
    forge.react(5, "eyes", inline=False)
    forge.react(5, "eyes", inline=False)
    forge.react(6, "eyes", inline=True)
    assert server.reactions == {5: ["eyes"], 6: ["eyes"]}


def test_a_draft_pull_request_is_made_once_and_then_updated(
    server: FakeGitHub, forge: GitHub
) -> None:
    first = forge.propose(DRAFT)
    again = forge.propose(Draft(DRAFT.head, "main", "Fix it better", "body 2"))
    assert first == again
    [pull] = server.pulls.values()
    assert (pull["draft"], pull["title"], pull["body"]) == (True, "Fix it better", "body 2")
    assert {first.number: ["hexci"]} == server.labels


def test_a_pull_request_that_somebody_closed_is_not_doubled(
    server: FakeGitHub, forge: GitHub
) -> None:
    first = forge.propose(DRAFT)
    server.pulls[first.number]["state"] = "closed"
    assert first == forge.propose(DRAFT)


@pytest.mark.parametrize("fault", [Fault(500, late=True), Fault(cut=True, late=True)])
def test_a_creation_whose_answer_was_lost_is_found_and_not_repeated(
    server: FakeGitHub, forge: GitHub, fault: Fault
) -> None:
    fault.match = "POST .*/pulls"
    server.faults.append(fault)
    link = forge.propose(DRAFT)
    assert [link.number] == list(server.pulls)


def test_a_check_carries_annotations_in_batches_of_fifty(server: FakeGitHub, forge: GitHub) -> None:
    notes = [Note("a.py", n, "failure", "rule", f"m{n}") for n in range(120)]
    forge.check(Check("1" * 40, "hexci", "run-1", "failure", "t", "s", notes))
    [check] = server.checks.values()
    assert [f"m{n}" for n in range(120)] == [a["message"] for a in check["annotations"]]
    forge.check(Check("1" * 40, "hexci", "run-1", "success", "t", "s"))
    assert [c["conclusion"] for c in server.checks.values()] == ["success"]


def test_bursts_of_server_errors_are_waited_out(
    server: FakeGitHub, forge: GitHub, wheel: Wheel
) -> None:
    server.faults += [Fault(502), Fault(503, {"retry-after": "7"}), Fault(500), Fault(cut=True)]
    assert forge.permission("ada").may_write
    assert 7.0 in wheel.slept


def test_an_outage_ends_with_words_and_within_its_time(
    server: FakeGitHub, forge: GitHub, wheel: Wheel
) -> None:
    server.faults += [Fault(503) for _ in range(50)]
    with pytest.raises(ForgeFault, match="after 7 tries: 503") as told:
        forge.permission("ada")
    assert told.value.outcome == "infra_error"
    assert wheel.at < 180
    server.faults.clear()


@pytest.mark.parametrize(
    ("fault", "least"),
    [
        (Fault(403, {"retry-after": "60"}, message="secondary rate limit"), 60.0),
        (Fault(429, {"retry-after": "5"}), 5.0),
        (Fault(403, message="You have exceeded a secondary rate limit"), 60.0),
        (Fault(429), 60.0),
    ],
)
def test_a_rate_limit_is_waited_for_and_nothing_is_doubled(
    server: FakeGitHub, forge: GitHub, wheel: Wheel, fault: Fault, least: float
) -> None:
    server.faults.append(fault)
    forge.add_comment(3, "one")
    assert len(server.comments) == 1
    assert least in wheel.slept


def test_the_primary_limit_is_waited_for_until_its_reset(
    server: FakeGitHub, forge: GitHub, wheel: Wheel
) -> None:
    reset = str(int(time.time()) + 90)
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    server.faults.append(Fault(403, headers))
    forge.permission("ada")
    assert 80 < max(wheel.slept) <= 90


def test_a_limit_longer_than_our_patience_is_told_at_once(
    server: FakeGitHub, forge: GitHub, wheel: Wheel
) -> None:
    server.faults.append(Fault(429, {"retry-after": "3600"}))
    with pytest.raises(ForgeFault, match="rate limited"):
        forge.permission("ada")
    assert wheel.slept == []


def test_a_lost_answer_to_a_comment_is_left_to_a_look(server: FakeGitHub, forge: GitHub) -> None:
    server.faults.append(Fault(502, late=True, match="POST"))
    with pytest.raises(ForgeFault) as told:
        forge.add_comment(3, "one")
    assert told.value.perhaps
    assert len(server.comments) == 1


def test_writes_keep_a_second_apart(forge: GitHub, wheel: Wheel) -> None:
    for n in range(3):
        forge.add_comment(3, f"c{n}")
    assert wheel.slept == [1.0, 1.0]


def test_a_refused_token_and_a_missing_permission_say_what_to_do(
    server: FakeGitHub, wheel: Wheel
) -> None:
    with pytest.raises(ForgeFault, match="expired during the job"):
        forge_of(server, wheel, "ghs_wrong").permission("ada")
    server.scopes.discard("write")
    with pytest.raises(DeniedError, match="permissions"):
        forge_of(server, wheel).add_comment(3, "x")


def test_a_redirect_is_not_followed_with_the_token(server: FakeGitHub, forge: GitHub) -> None:
    server.faults.append(Fault(301, {"location": f"{server.url}/elsewhere"}))
    with pytest.raises(HexciError, match="moved"):
        forge.permission("ada")
    assert len(server.requests) == 1


def test_only_https_is_spoken_outside_this_machine(wheel: Wheel) -> None:
    for api in ("http://api.example.org", "file:///etc", "http://127.0.0.1.evil.example:80"):
        with pytest.raises(BadInputError, match="only https"):
            Client(api, TOKEN, Patience(wheel, wheel.sleep))


def test_cancelling_says_whether_it_was_taken(server: FakeGitHub, forge: GitHub) -> None:
    assert forge.cancel("55")
    server.scopes.discard("write")
    assert not forge.cancel("56")
    assert not forge.cancel("../x")
    assert server.cancelled == [55]
