"""The members of GitHub's event payloads that hexci reads; all others are let through unread."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _stamp(value: object) -> object:
    """Pushes carry seconds since 1970 where all others carry ISO 8601."""
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


Sha = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
# a stamp is part of a run's name, and so of a ref
Stamp = Annotated[
    str,
    BeforeValidator(_stamp),
    Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$"),
]
Login = Annotated[str, Field(min_length=1, max_length=100)]
Text = Annotated[str | None, Field(max_length=1_000_000)]
FullName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]
RefName = Annotated[str, Field(max_length=1_000)]


class Read(BaseModel):
    """A part of a payload."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class User(Read):
    """An account."""

    login: Login
    id: int
    type: str = "User"


class Repository(Read):
    """A repository."""

    full_name: FullName
    id: int
    default_branch: RefName = ""
    pushed_at: Stamp | None = None


class Label(Read):
    """A label."""

    name: str


class Issue(Read):
    """An issue; `pull_request` is there when it is one."""

    number: Annotated[int, Field(gt=0)]
    id: int
    title: Text = ""
    user: User | None = None
    state: str = "open"
    updated_at: Stamp | None = None
    pull_request: dict[str, object] | None = None


class Note(Read):
    """A comment."""

    id: int
    body: Text = ""
    user: User | None = None
    created_at: Stamp
    updated_at: Stamp | None = None


class End(Read):
    """One side of a pull request."""

    sha: Sha
    ref: RefName = ""
    repo: Repository | None = None


class Pull(Read):
    """A pull request."""

    number: Annotated[int, Field(gt=0)]
    title: Text = ""
    user: User | None = None
    state: str = "open"
    head: End
    base: End
    updated_at: Stamp | None = None


class Group(Read):
    """A merge group."""

    head_sha: Sha
    head_ref: RefName = ""
    base_sha: Sha
    base_ref: RefName = ""


class Payload(Read):
    """Any event."""

    action: str | None = None
    repository: Repository | None = None
    sender: User | None = None
    issue: Issue | None = None
    comment: Note | None = None
    pull_request: Pull | None = None
    label: Label | None = None
    assignee: User | None = None
    merge_group: Group | None = None
    ref: RefName | None = None
    before: Sha | None = None
    after: Sha | None = None
