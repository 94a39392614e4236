"""One repository on GitHub (or GHES): who may do what, its comments, pull requests and checks."""

import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

from hexci.adapters.github.client import Client, NotFound, Unprocessable
from hexci.domain.canonical import Json
from hexci.domain.law.governance import ROLES
from hexci.errors import DeniedError
from hexci.ports.forge import (
    Check,
    Draft,
    ForgeFault,
    Note,
    Permission,
    PostedComment,
    PullHead,
    PullLink,
)

# The account behind `github.token`, which may not ask who it is.
_WORKFLOW_BOT = "github-actions[bot]"
_PER_REQUEST = 50  # annotations
_LEVELS = frozenset({"admin", "write", "read", "none"})


class GitHub:
    """A forge over the REST interface; `repository` is `owner/name`.

    `account` is the login that the token acts as; empty: asked, once, when it matters.
    """

    def __init__(self, client: Client, repository: str, account: str = "") -> None:
        self._client = client
        self._owner = repository.partition("/")[0]
        self._at = f"/repos/{repository}"
        self._account = account

    # people

    def permission(self, login: str) -> Permission:
        """What `login` may do, by the permission endpoint; an unknown word counts as none."""
        name = urllib.parse.quote(login, safe="")
        try:
            said = self._client.get(f"{self._at}/collaborators/{name}/permission")
        except NotFound:
            return Permission("none", 0)
        level = said.get("permission")
        account = (said.get("user") or {}).get("id", 0)
        return Permission(level if level in _LEVELS else "none", account)

    def role(self, login: str) -> str:
        """The role of `login`: GitHub's own name for it, where it is one that we know."""
        name = urllib.parse.quote(login, safe="")
        try:
            said = self._client.get(f"{self._at}/collaborators/{name}/permission")
        except NotFound:
            return "none"
        # the older field folds maintain into write, and triage into read
        named = said.get("role_name")
        level = named if named in ROLES else said.get("permission")
        return level if level in ROLES else "none"

    # conversation

    def comments(self, number: int) -> Sequence[PostedComment]:
        """All of them, oldest first."""
        listed = list(self._client.pages(f"{self._at}/issues/{number}/comments"))
        return [self._comment(item) for item in sorted(listed, key=lambda item: item["id"])]

    def add_comment(self, number: int, body: str) -> PostedComment:
        """A new comment."""
        made = self._client.create(f"{self._at}/issues/{number}/comments", {"body": body})
        return PostedComment(made["id"], body, own=True, url=str(made.get("html_url", "")))

    def edit_comment(self, comment: int, body: str) -> PostedComment:
        """A comment's new text."""
        place = f"{self._at}/issues/comments/{comment}"
        made = self._client.put_again(place, {"body": body})
        return PostedComment(comment, body, own=True, url=str(made.get("html_url", "")))

    def remove_comment(self, comment: int) -> None:
        """A comment gone."""
        self._client.delete(f"{self._at}/issues/comments/{comment}")

    def react(self, comment: int, content: str, *, inline: bool) -> None:
        """A reaction; GitHub keeps one of a kind for each account, so repeating is harmless."""
        kind = "pulls" if inline else "issues"
        place = f"{self._at}/{kind}/comments/{comment}/reactions"
        self._client.put_again(place, {"content": content}, "POST")

    # proposals

    def pull(self, number: int) -> PullHead:
        """A pull request as it stands now."""
        said = self._client.get(f"{self._at}/pulls/{number}")
        head, base = said["head"], said["base"]
        return PullHead(
            number=number,
            head_sha=head["sha"],
            head_ref=head["ref"],
            base_sha=base["sha"],
            base_ref=base["ref"],
            from_fork=head.get("repo") is None or head["repo"]["id"] != base["repo"]["id"],
            author=(said.get("user") or {}).get("id", 0),
            is_open=said["state"] == "open",
        )

    def propose(self, draft: Draft) -> PullLink:
        """The one draft pull request of a branch."""
        there = self._pull_of(draft.head)
        if there is None:
            there = self._created(draft)
        else:
            changes = {"title": draft.title, "body": draft.body}
            self._client.put_again(f"{self._at}/pulls/{there['number']}", changes)
        if draft.labels:
            self._label(there["number"], draft.labels)
        return PullLink(there["number"], str(there.get("html_url", "")))

    def check(self, check: Check) -> None:
        """A check run; annotations go in batches, as many as a request may carry."""
        notes = [_annotation(note) for note in check.notes]
        batches = [notes[i : i + _PER_REQUEST] for i in range(0, len(notes), _PER_REQUEST)] or [[]]
        body = {
            "name": check.name,
            "head_sha": check.head_sha,
            "external_id": check.external_id,
            "status": "completed",
            "conclusion": check.conclusion,
            "output": _output(check, batches[0]),
        }
        known = self._check_of(check)
        if known is None:
            try:
                known = self._client.create(f"{self._at}/check-runs", body)["id"]
            except ForgeFault as fault:
                known = self._check_of(check) if fault.perhaps else None
                if known is None:
                    raise
            batches = batches[1:]
        for batch in batches:
            changes = {"conclusion": check.conclusion, "output": _output(check, batch)}
            self._client.put_again(f"{self._at}/check-runs/{known}", changes)

    # jobs

    def dispatch(self, event: str, payload: Mapping[str, Json]) -> None:
        """A repository_dispatch; one whose answer was lost is not sent again."""
        body = {"event_type": event, "client_payload": dict(payload)}
        self._client.create(f"{self._at}/dispatches", body)

    def cancel(self, workflow_run: str) -> bool:
        """Asks for a workflow run to be cancelled."""
        try:
            place = f"{self._at}/actions/runs/{int(workflow_run)}/cancel"
            self._client.put_again(place, {}, "POST")
        except (ForgeFault, DeniedError, ValueError):
            return False
        return True

    # private

    def _comment(self, item: dict[str, Any]) -> PostedComment:
        user = item.get("user") or {}
        own = str(user.get("login", "")).casefold() == self._who().casefold()
        return PostedComment(item["id"], item.get("body") or "", own, item.get("html_url", ""))

    def _who(self) -> str:
        if not self._account:
            try:
                self._account = str(self._client.get("/user")["login"])
            except (DeniedError, NotFound):
                self._account = _WORKFLOW_BOT
        return self._account

    def _pull_of(self, head: str) -> dict[str, Any] | None:
        name = urllib.parse.quote(f"{self._owner}:{head}", safe="")
        # a closed one counts too: somebody closed it, and another would double it
        found = self._client.pages(f"{self._at}/pulls?state=all&head={name}")
        return next((pull for pull in found if pull["head"]["ref"] == head), None)

    def _created(self, draft: Draft) -> dict[str, Any]:
        body = {"title": draft.title, "head": draft.head, "base": draft.base, "body": draft.body}
        try:
            return self._create_pull(body)
        except Unprocessable as fault:
            there = self._pull_of(draft.head)
            if there is None and "draft" in str(fault).lower():
                # private repositories of some plans have no drafts
                there = self._create_pull(body, draft=False)
            if there is None:
                raise
            return there
        except ForgeFault as fault:
            there = self._pull_of(draft.head) if fault.perhaps else None
            if there is None:
                raise
            return there

    def _create_pull(self, body: dict[str, Any], *, draft: bool = True) -> dict[str, Any]:
        made = self._client.create(f"{self._at}/pulls", {**body, "draft": draft})
        assert isinstance(made, dict)  # noqa: S101 - a creation answers with what it made
        return made

    def _label(self, number: int, labels: Sequence[str]) -> None:
        place = f"{self._at}/issues/{number}/labels"
        self._client.put_again(place, {"labels": list(labels)}, "POST")

    def _check_of(self, check: Check) -> int | None:
        name = urllib.parse.quote(check.name, safe="")
        listed = self._client.pages(
            f"{self._at}/commits/{check.head_sha}/check-runs?check_name={name}&filter=all"
        )
        ids = [item["id"] for item in listed if item.get("external_id") == check.external_id]
        return min(ids, default=None)


def _output(check: Check, notes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": check.title, "summary": check.summary, "annotations": notes}


def _annotation(note: Note) -> dict[str, Any]:
    return {
        "path": note.path,
        "start_line": max(1, note.line),
        "end_line": max(1, note.line),
        "annotation_level": note.level,
        "title": note.title,
        "message": note.message,
    }
