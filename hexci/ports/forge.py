"""The place where people talk about the code: issues, pull requests, comments, checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hexci.domain.canonical import Json
from hexci.errors import HexciError


class ForgeFault(HexciError):  # noqa: N818 - a fault is one call's, as in ports/model
    """One call failed after all tries. `perhaps`: it may have taken effect all the same."""

    def __init__(self, message: str, hint: str = "", *, perhaps: bool = False) -> None:
        super().__init__(message, hint)
        self.perhaps = perhaps


@dataclass(frozen=True, slots=True)
class Permission:
    """What an account may do here: `admin`, `write`, `read` or `none`, and whose it is."""

    level: str
    account: int

    @property
    def may_write(self) -> bool:
        """Whether this account could push by itself."""
        return self.level in {"admin", "write"}


@dataclass(frozen=True, slots=True)
class PullHead:
    """A pull request as it stands now."""

    number: int
    head_sha: str
    head_ref: str
    base_sha: str
    base_ref: str
    from_fork: bool
    author: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class PostedComment:
    """A comment that is there. `own`: written by the account whose token we hold."""

    id: int
    body: str
    own: bool
    url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A pull request that should be there. `head` and `base` are branches of this repository."""

    head: str
    base: str
    title: str
    body: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PullLink:
    """A pull request that is there."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """One annotation of a check; `level` is `failure`, `warning` or `notice`."""

    path: str
    line: int
    level: str
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """A check run on a commit. `conclusion` is GitHub's word (`success`, `failure`, …)."""

    head_sha: str
    name: str
    external_id: str
    conclusion: str
    title: str
    summary: str
    notes: Sequence[Note] = field(default=())


class People(Protocol):
    """Who may do what."""

    def permission(self, login: str) -> Permission:
        """What `login` may do; `none` for somebody unknown. Raises ForgeFault."""
        ...


class Conversation(Protocol):
    """The comments of one repository."""

    def comments(self, number: int) -> Sequence[PostedComment]:
        """All comments of an issue or pull request, oldest first."""
        ...

    def add_comment(self, number: int, body: str) -> PostedComment:
        """A new comment. A ForgeFault with `perhaps` leaves open whether it is there."""
        ...

    def edit_comment(self, comment: int, body: str) -> PostedComment:
        """A comment's new text."""
        ...

    def remove_comment(self, comment: int) -> None:
        """A comment gone; one that is gone already is fine."""
        ...

    def react(self, comment: int, content: str, *, inline: bool) -> None:
        """A reaction (`eyes`, `rocket`, `confused`) to a comment; at most one of a kind."""
        ...


class Proposals(Protocol):
    """The pull requests and checks of one repository."""

    def pull(self, number: int) -> PullHead:
        """A pull request as it stands now."""
        ...

    def propose(self, draft: Draft) -> PullLink:
        """The one draft pull request of `draft.head`: created, or updated where there is one."""
        ...

    def check(self, check: Check) -> None:
        """A check run with all its annotations; the one of the same `external_id` is updated."""
        ...


class Dispatch(Protocol):
    """Starting workflows."""

    def dispatch(self, event: str, payload: Mapping[str, Json]) -> None:
        """Starts the workflows that listen to `repository_dispatch` of the type `event`."""
        ...


class Jobs(Protocol):
    """Running workflows."""

    def cancel(self, workflow_run: str) -> bool:
        """Asks for a workflow run to be cancelled; whether the platform took the request."""
        ...
