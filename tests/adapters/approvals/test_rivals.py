"""What other open pull requests add, from a server that answers GraphQL as GitHub does."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from fakes.registry import npm_package

from hexci.adapters.approvals.rivals import QUERY, rivals_of

EVENT = {"pull_request": {"number": 7}}


def pull(number: int, *files: tuple[str, str]) -> dict[str, object]:
    nodes = [{"path": path, "changeType": kind} for path, kind in files]
    return {"number": number, "files": {"nodes": nodes}}


PULLS = [
    pull(9, ("docs/adr/0007-nats.md", "ADDED"), ("docs/adr/0001-old.md", "MODIFIED")),
    pull(7, ("docs/adr/0007-kafka.md", "ADDED")),
    {"number": 3, "files": None},
]
ANSWER = {"data": {"repository": {"pullRequests": {"nodes": PULLS}}}}


class Forge(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        good = asked["variables"] == {"owner": "o", "name": "r"} and asked["query"] == QUERY
        good = good and self.headers["Authorization"] == "Bearer secret"
        self.send_response(200 if good else 401)
        self.end_headers()
        self.wfile.write(json.dumps(ANSWER if good else {}).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(autouse=True)
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Forge)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"http://127.0.0.1:{server.server_port}/graphql")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/r")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_what_other_requests_add_is_told() -> None:
    assert rivals_of(EVENT) == ((9, "docs/adr/0007-nats.md"),)


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_an_answer_there_is_no_rival(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", token)
    assert rivals_of(EVENT) == ()


def test_only_https_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", "http://elsewhere.example/graphql")
    assert rivals_of(EVENT) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "field", "gives"),
    [
        ("Query", "repository", "Repository"),
        ("Repository", "pullRequests", "PullRequestConnection!"),
        ("PullRequestConnection", "nodes", "[PullRequest]"),
        ("PullRequest", "number", "Int!"),
        ("PullRequest", "files", "PullRequestChangedFileConnection"),
        ("PullRequestChangedFileConnection", "nodes", "[PullRequestChangedFile]"),
        ("PullRequestChangedFile", "path", "String!"),
        ("PullRequestChangedFile", "changeType", "PatchStatus!"),
    ],
)
def test_the_question_fits_githubs_own_schema(kind: str, field: str, gives: str) -> None:
    schema = (npm_package("@octokit/graphql-schema", "15.26.1") / "schema.graphql").read_text()
    declared = re.search(rf"\ntype {kind}\b[^{{]*\{{(.*?)\n\}}", schema, re.DOTALL)
    assert declared is not None
    found = re.search(rf"\n  {field}(?:\((?:.*?)\n  \)|\([^\n]*\))?: (\S+)", declared[1], re.DOTALL)
    assert found is not None
    assert found[1] == gives
    assert field in QUERY
