"""An event payload, as GitHub leaves it at GITHUB_EVENT_PATH, as a Delivery."""

import json
from datetime import UTC, datetime

from pydantic import ValidationError

from hexci.adapters.github.payloads import Payload, Pull, User
from hexci.domain.asking.delivery import Change, Comment, Delivery, Person, Thread
from hexci.errors import BadInputError

# Events of which hexci reads more than the name.
_READ = frozenset(
    {
        "issue_comment", "issues", "merge_group", "pull_request", "pull_request_review_comment",
        "push", "repository_dispatch", "schedule", "workflow_dispatch",
    }
)  # fmt: skip


def parse_delivery(
    name: str, payload: bytes, *, repository: str, workflow_run: str, now: str
) -> Delivery:
    """The event called `name`.

    `repository` is GITHUB_REPOSITORY: an event of another one is not believed. `workflow_run`
    names what has no identity of its own (schedule, dispatch), `now` stands in for its time.
    Raises BadInputError for what is no payload of that event.
    """
    try:
        document = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"the event payload is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise BadInputError("the event payload is not an object")
    if name not in _READ:
        return Delivery(name, "", f"{name}-{workflow_run}", now, repository)
    try:
        read = Payload.model_validate_json(payload)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInputError(
            f"the {name} payload is not as documented: {place}: {first['msg']}"
        ) from error
    if read.repository and repository and read.repository.full_name.lower() != repository.lower():
        raise BadInputError(f"the event is of {read.repository.full_name}, the job of {repository}")
    at = _when(read, name, now)
    return Delivery(
        name=name,
        action=read.action or "",
        key=_key(read, name, workflow_run, at),
        at=at,
        repository=read.repository.full_name if read.repository else repository,
        default_branch=read.repository.default_branch if read.repository else "",
        sender=_person(read.sender),
        thread=_thread(read),
        comment=_comment(read, inline=name == "pull_request_review_comment"),
        change=_change(read),
        label=read.label.name if read.label else "",
        assignee=_person(read.assignee),
        ref=read.ref or "",
    )


def _when(read: Payload, name: str, now: str) -> str:
    about = read.pull_request or read.issue
    stamp = None
    if read.comment:
        stamp = read.comment.created_at
    elif name == "push" and read.repository:
        stamp = read.repository.pushed_at
    elif about:
        stamp = about.updated_at
    return _utc(stamp) if stamp else now


def _utc(stamp: str) -> str:
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError as error:
        raise BadInputError(f"the event's time {stamp!r} is none") from error
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _key(read: Payload, name: str, workflow_run: str, at: str) -> str:
    if read.comment:
        return f"{name}-{read.comment.id}-{read.action}"
    if name == "push" and read.after:
        return f"push-{read.ref}-{read.before}-{read.after}"
    if name == "merge_group" and read.merge_group:
        return f"merge_group-{read.merge_group.head_sha}-{read.action}"
    about = read.pull_request or read.issue
    if about:
        return f"{name}-{about.number}-{read.action}-{at}"
    return f"{name}-{workflow_run}"


def _person(user: User | None) -> Person | None:
    # whatever is not plainly a person is treated as a machine
    return Person(user.login, user.id, user.type != "User") if user else None


def _thread(read: Payload) -> Thread | None:
    if read.pull_request:
        return _pull_thread(read.pull_request)
    if read.issue is None:
        return None
    issue = read.issue
    return Thread(
        issue.number,
        is_pull=issue.pull_request is not None,
        title=issue.title or "",
        author=_person(issue.user),
        is_open=issue.state == "open",
    )


def _pull_thread(pull: Pull) -> Thread:
    return Thread(
        pull.number,
        is_pull=True,
        title=pull.title or "",
        author=_person(pull.user),
        is_open=pull.state == "open",
    )


def _comment(read: Payload, *, inline: bool) -> Comment | None:
    note = read.comment
    author = _person(note.user) if note else None
    if note is None or author is None:
        return None
    edited = bool(note.updated_at and note.updated_at != note.created_at)
    return Comment(note.id, note.body or "", author, inline, edited)


def _change(read: Payload) -> Change | None:
    pull, group = read.pull_request, read.merge_group
    if pull:
        return Change(pull.base.sha, pull.head.sha, pull.base.ref, pull.head.ref, _is_fork(pull))
    if group:
        return Change(group.base_sha, group.head_sha, group.base_ref, group.head_ref)
    if read.before and read.after:
        return Change(read.before, read.after, read.ref or "", read.ref or "")
    return None


def _is_fork(pull: Pull) -> bool:
    """A head whose repository is gone, or that cannot be told, counts as a stranger's."""
    head, base = pull.head.repo, pull.base.repo
    return head is None or base is None or head.id != base.id
