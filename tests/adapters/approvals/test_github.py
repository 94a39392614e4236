"""Approvals from a server that answers as GitHub does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hexci.adapters.approvals.github import approvals_of
from hexci.errors import BadInputError

HEAD = "a" * 40
EVENT = {"pull_request": {"number": 7, "head": {"sha": HEAD}, "user": {"login": "ada"}}}


def review(login: str, state: str = "APPROVED", commit: str = HEAD, kind: str = "User") -> object:
    return {"user": {"login": login, "type": kind}, "state": state, "commit_id": commit}


ANSWERS = {
    "/repos/o/r/pulls/7/reviews": [
        review("grace"),
        review("linus"),
        review("linus", "COMMENTED"),
        review("barbara"),
        review("barbara", "CHANGES_REQUESTED"),
        review("alan", commit="b" * 40),
        review("helper", kind="Bot"),
        review("ada"),
    ],
    "/orgs/o/teams/owners/members": [{"login": "Linus"}, {"login": "helper"}],
}


class Forge(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer = ANSWERS.get(self.path.partition("?")[0])
        good = answer is not None and self.headers["Authorization"] == "Bearer secret"
        self.send_response(200 if good else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer if good else {}).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Forge)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/r")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("forge")
def test_only_last_words_of_people_on_the_head_commit_count() -> None:
    approvals = approvals_of(EVENT, ())
    assert approvals is not None
    assert approvals.counting() == {"grace", "linus"}


@pytest.mark.usefixtures("forge")
def test_a_team_counts_by_its_members() -> None:
    approvals = approvals_of(EVENT, ("o/owners",))
    assert approvals is not None
    assert approvals.counting() == {"linus"}


@pytest.mark.usefixtures("forge")
def test_a_forge_that_does_not_answer_is_no_approval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "wrong")
    with pytest.raises(BadInputError, match="did not say who approved"):
        approvals_of(EVENT, ())


def test_without_a_token_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    assert approvals_of(EVENT, ()) is None
