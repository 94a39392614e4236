"""What GitHub told us: one event, reduced to what a decision needs. All text in it is untrusted."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `id` never changes; a login can be given up and taken by somebody else."""

    login: str
    id: int
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """The issue or pull request that an event is about."""

    number: int
    is_pull: bool
    title: str = ""
    author: Person | None = None
    is_open: bool = True

    @property
    def slug(self) -> str:
        """`issue-12` or `pull-12`."""
        return f"{'pull' if self.is_pull else 'issue'}-{self.number}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it was when the event happened; `inline` when it is on a line of a diff."""

    id: int
    body: str
    author: Person
    inline: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Two commits that an event names, and whether the newer one comes from another repository."""

    base_sha: str
    head_sha: str
    base_ref: str = ""
    head_ref: str = ""
    from_fork: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event. `name` and `action` are GitHub's words; `at` is UTC, ISO 8601 with a Z.

    `key` is the same however often the event is delivered, and no other event has it. `sender`
    is None where nobody acts (a schedule). `ref` is the branch of a push or dispatch.
    """

    name: str
    action: str
    key: str
    at: str
    repository: str
    default_branch: str = ""
    sender: Person | None = None
    thread: Thread | None = None
    comment: Comment | None = None
    change: Change | None = None
    label: str = ""
    assignee: Person | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the workflow itself says (`with:`). Whoever can write the workflow can write here."""

    task: str = ""
    evidence: str = ""
    candidates: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    mode: str = "fix"
    label: str = "hexci"
    assignee: str = ""
    bots: frozenset[int] = field(default=frozenset())
