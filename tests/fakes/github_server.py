"""A GitHub on loopback that remembers what it is told and checks every exchange.

Requests and answers are validated against GitHub's own OpenAPI description; faults can be put
before any request.
"""

import itertools
import json
import re
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from fakes.openapi import answer_violations, filled, request_violations

BOT = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}
TOKEN = "ghs_" + "k3" * 18
LATER = "2026-01-02T03:04:05Z"


@dataclass
class Fault:
    """What goes wrong `times`: a status, lost answers, half an answer.

    `late` faults happen after the request took effect; `after` counts requests that pass before.
    """

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    late: bool = False
    cut: bool = False
    message: str = "fault"
    match: str = ""
    slow: float = 0.0
    after: int = 0
    times: int = 1


class NotThereError(Exception):
    """404."""


class UnprocessableError(Exception):
    """422."""


@dataclass
class FakeGitHub:
    """The state of one repository, and what was said."""

    repository: str = "octo/app"
    url: str = ""
    permissions: dict[str, str] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    checks: dict[int, dict[str, Any]] = field(default_factory=dict)
    labels: dict[int, list[str]] = field(default_factory=dict)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    cancelled: list[int] = field(default_factory=list)
    dispatched: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    scopes: set[str] = field(default_factory=lambda: {"read", "write"})
    # tokens that may only read
    readers: set[str] = field(default_factory=set)
    heads: Callable[[str], str | None] = lambda ref: "0" * 40
    lock: threading.RLock = field(default_factory=threading.RLock)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1001))
    # the account behind each login, so that a permission answer can be told from another's
    accounts: dict[str, int] = field(default_factory=dict)

    # ------------------------------------------------------------------ routes

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        """Status and body for a request that is in order."""
        at = re.escape(f"/repos/{self.repository}")
        for verb, pattern, handler in _ROUTES:
            found = re.fullmatch(pattern.replace("@", at), path)
            if verb == method and found:
                parts = [urllib.parse.unquote(p) for p in found.groups()]
                try:
                    return handler(self, *parts, query=query, body=body)
                except NotThereError:
                    return 404, {"message": "Not Found"}
                except UnprocessableError as error:
                    errors = [{"message": str(error), "resource": "x", "code": "custom"}]
                    return 422, {"message": "Validation Failed", "errors": errors}
        return 501, {"message": f"the fake has no {method} {path}"}

    def permission(self, login: str, **_: Any) -> tuple[int, Any]:
        if login not in self.permissions:
            raise NotThereError
        level = self.permissions[login]
        user = {"login": login, "id": self.accounts.get(login, 1), "type": "User"}
        given = {"permission": level, "role_name": level, "user": user}
        return 200, filled("repository-collaborator-permission", given, self.url)

    def list_comments(self, number: str, *, query: dict[str, str], **_: Any) -> tuple[int, Any]:
        listed = [c for c in self.comments.values() if c["number"] == int(number)]
        return 200, [self._comment(c) for c in _page(listed, query)]

    def add_comment(self, number: str, *, body: Any, **_: Any) -> tuple[int, Any]:
        if len(body["body"]) > 65_536:
            raise UnprocessableError("body is too long (maximum is 65536 characters)")
        comment = {"id": next(self.ids), "number": int(number), "body": body["body"], "user": BOT}
        self.comments[comment["id"]] = comment
        return 201, self._comment(comment)

    def edit_comment(self, comment: str, *, body: Any, **_: Any) -> tuple[int, Any]:
        if len(body["body"]) > 65_536:
            raise UnprocessableError("body is too long (maximum is 65536 characters)")
        known = self._known(self.comments, comment)
        known["body"] = body["body"]
        return 200, self._comment(known)

    def remove_comment(self, comment: str, **_: Any) -> tuple[int, Any]:
        self._known(self.comments, comment)
        del self.comments[int(comment)]
        return 204, None

    def react(self, comment: str, *, body: Any, **_: Any) -> tuple[int, Any]:
        there = self.reactions.setdefault(int(comment), [])
        status = 200 if body["content"] in there else 201
        if status == 201:
            there.append(body["content"])
        given = {"id": 1, "content": body["content"], "user": BOT}
        return status, filled("reaction", given, self.url)

    def list_pulls(self, *, query: dict[str, str], **_: Any) -> tuple[int, Any]:
        head = query.get("head", ":").partition(":")[2]
        listed = [p for p in self.pulls.values() if not head or p["head"]["ref"] == head]
        if query.get("state", "open") != "all":
            listed = [p for p in listed if p["state"] == "open"]
        return 200, [self._pull(p, "pull-request-simple") for p in _page(listed, query)]

    def add_pull(self, *, body: Any, **_: Any) -> tuple[int, Any]:
        if len(body["body"]) > 65_536:
            raise UnprocessableError("body is too long (maximum is 65536 characters)")
        if any(
            p["head"]["ref"] == body["head"] and p["state"] == "open" for p in self.pulls.values()
        ):
            raise UnprocessableError(f"A pull request already exists for octo:{body['head']}.")
        head, base = self.heads(body["head"]), self.heads(body["base"])
        if head is None or base is None:
            raise UnprocessableError("head or base is no branch")
        pull = self.pull_with(next(self.ids), head_sha=head, head_ref=body["head"])
        pull |= {"title": body["title"], "body": body["body"], "draft": body.get("draft", False)}
        pull["base"] |= {"ref": body["base"], "sha": base}
        return 201, self._pull(pull, "pull-request")

    def get_pull(self, number: str, **_: Any) -> tuple[int, Any]:
        return 200, self._pull(self._known(self.pulls, number), "pull-request")

    def edit_pull(self, number: str, *, body: Any, **_: Any) -> tuple[int, Any]:
        self._known(self.pulls, number).update(body)
        return self.get_pull(number)

    def add_labels(self, number: str, *, body: Any, **_: Any) -> tuple[int, Any]:
        there = self.labels.setdefault(int(number), [])
        there += [label for label in body["labels"] if label not in there]
        return 200, [filled("label", {"name": name}, self.url) for name in there]

    def add_check(self, *, body: Any, **_: Any) -> tuple[int, Any]:
        check = {"id": next(self.ids), "annotations": [], **body}
        self._annotate(check, body)
        self.checks[check["id"]] = check
        return 201, self._check(check)

    def edit_check(self, check: str, *, body: Any, **_: Any) -> tuple[int, Any]:
        known = self._known(self.checks, check)
        known |= {k: v for k, v in body.items() if k != "output"}
        self._annotate(known, body)
        return 200, self._check(known)

    def list_checks(self, sha: str, *, query: dict[str, str], **_: Any) -> tuple[int, Any]:
        listed = [c for c in self.checks.values() if c["head_sha"] == sha]
        shown = [self._check(c) for c in _page(listed, query)]
        return 200, {"total_count": len(listed), "check_runs": shown}

    def cancel(self, run: str, **_: Any) -> tuple[int, Any]:
        self.cancelled.append(int(run))
        return 202, {}

    def dispatch(self, *, body: Any, **_: Any) -> tuple[int, Any]:
        if len(body.get("client_payload", {})) > 10:
            raise UnprocessableError("No more than 10 properties are allowed")
        self.dispatched.append(body)
        return 204, None

    def who(self, **_: Any) -> tuple[int, Any]:
        return 403, {"message": "Resource not accessible by integration"}

    # ----------------------------------------------------------------- records

    def pull_with(
        self, number: int, *, head_sha: str, head_ref: str, fork: bool = False, author: int = 1
    ) -> dict[str, Any]:
        """A pull request that is there."""
        own = {"id": 1, "full_name": self.repository, "name": "app"}
        user = {"login": f"user{author}", "id": author, "type": "User"}
        theirs = {"id": 2, "full_name": "mallory/app", "name": "app"} if fork else own
        pull = {
            "number": number, "id": number, "state": "open", "title": "t", "body": "",
            "html_url": f"{self.url}/{self.repository}/pull/{number}", "user": user,
            "head": {"sha": head_sha, "ref": head_ref, "label": head_ref, "repo": theirs},
            "base": {"sha": "0" * 40, "ref": "main", "label": "main", "repo": own},
        }  # fmt: skip
        self.pulls[number] = pull
        return pull

    def _known(self, where: dict[int, dict[str, Any]], number: str) -> dict[str, Any]:
        if int(number) not in where:
            raise NotThereError
        return where[int(number)]

    def _comment(self, comment: dict[str, Any]) -> Any:
        given = {k: comment[k] for k in ("id", "body", "user")}
        given["html_url"] = (
            f"{self.url}/{self.repository}/issues/{comment['number']}#{comment['id']}"
        )
        return filled("issue-comment", given, self.url)

    def _pull(self, pull: dict[str, Any], schema: str) -> Any:
        return filled(schema, pull, self.url)

    def _check(self, check: dict[str, Any]) -> Any:
        keys = ("id", "head_sha", "name", "external_id", "status", "conclusion")
        return filled("check-run", {k: check[k] for k in keys if k in check}, self.url)

    def _annotate(self, check: dict[str, Any], body: Any) -> None:
        notes = body.get("output", {}).get("annotations", [])
        if len(notes) > 50:
            raise UnprocessableError("too many annotations")
        check["annotations"] = [*check["annotations"], *notes]
        check["output"] = {**check.get("output", {}), **body.get("output", {})}


def _page(items: list[Any], query: dict[str, str]) -> list[Any]:
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return items[(page - 1) * size : page * size]


_ROUTES: tuple[tuple[str, str, Callable[..., tuple[int, Any]]], ...] = (
    ("GET", r"/user", FakeGitHub.who),
    ("POST", r"@/dispatches", FakeGitHub.dispatch),
    ("GET", r"@/collaborators/([^/]+)/permission", FakeGitHub.permission),
    ("GET", r"@/issues/(\d+)/comments", FakeGitHub.list_comments),
    ("POST", r"@/issues/(\d+)/comments", FakeGitHub.add_comment),
    ("POST", r"@/issues/(\d+)/labels", FakeGitHub.add_labels),
    ("PATCH", r"@/issues/comments/(\d+)", FakeGitHub.edit_comment),
    ("DELETE", r"@/issues/comments/(\d+)", FakeGitHub.remove_comment),
    ("POST", r"@/(?:issues|pulls)/comments/(\d+)/reactions", FakeGitHub.react),
    ("GET", r"@/pulls", FakeGitHub.list_pulls),
    ("POST", r"@/pulls", FakeGitHub.add_pull),
    ("GET", r"@/pulls/(\d+)", FakeGitHub.get_pull),
    ("PATCH", r"@/pulls/(\d+)", FakeGitHub.edit_pull),
    ("POST", r"@/check-runs", FakeGitHub.add_check),
    ("PATCH", r"@/check-runs/(\d+)", FakeGitHub.edit_check),
    ("GET", r"@/commits/([^/]+)/check-runs", FakeGitHub.list_checks),
    ("POST", r"@/actions/runs/(\d+)/cancel", FakeGitHub.cancel),
)


class _Handler(BaseHTTPRequestHandler):
    github: FakeGitHub
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        sent = self.rfile.read(int(self.headers.get("content-length", "0")))
        split = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(split.query))
        github = self.github
        with github.lock:
            github.requests.append((self.command, split.path))
            fault = _next_fault(github, f"{self.command} {split.path}")
            if fault and not fault.late:
                return self._fail(fault)
            status, body = self._judge(split.path, query, sent)
            text = b"" if body is None else json.dumps(body).encode()
            github.violations += answer_violations(self.command, split.path, status, text)
        if fault:
            return self._fail(fault)
        return self._send(status, text)

    def _judge(self, path: str, query: dict[str, str], sent: bytes) -> tuple[int, Any]:
        token = self.headers.get("authorization", "").removeprefix("Bearer ")
        reader = token in self.github.readers
        if token != TOKEN and not reader:
            return 401, {"message": "Bad credentials"}
        if self.command != "GET" and (reader or "write" not in self.github.scopes):
            return 403, {"message": "Resource not accessible by integration"}
        wrong = request_violations(self.command, path, query, sent)
        if wrong:
            self.github.violations += wrong
            return 422, {"message": "; ".join(wrong)}
        body = json.loads(sent) if sent else None
        return self.github.answer(self.command, path, query, body)

    def _fail(self, fault: Fault) -> None:
        time.sleep(fault.slow)
        if fault.cut:
            self.send_response(200)
            self.send_header("content-length", "1000")
            self.end_headers()
            self.wfile.write(b'{"id":')
            self.close_connection = True
            return
        self._send(fault.status, json.dumps({"message": fault.message}).encode(), fault.headers)

    def _send(self, status: int, text: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"content-type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        with suppress(BrokenPipeError):  # a client whose patience ended
            self.wfile.write(text)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815 - http.server's names

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def fake_github(**state: Any) -> Iterator[FakeGitHub]:
    """A running fake; `violations` must be empty at the end of a test."""
    github = FakeGitHub(**state)

    handler = type("Handler", (_Handler,), {"github": github})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    github.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _next_fault(github: FakeGitHub, asked: str) -> Fault | None:
    for fault in github.faults:
        if len(github.requests) > fault.after and re.search(fault.match, asked):
            fault.times -= 1
            if not fault.times:
                github.faults.remove(fault)
            return fault
    return None
