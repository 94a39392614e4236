"""What an event asks of hexci: one thing from a closed list, or nothing, with the reason."""

from dataclasses import dataclass
from enum import StrEnum

from hexci.domain.asking.commands import Command, Misspelt, Verb, parse_command
from hexci.domain.asking.delivery import Delivery, Inputs, Person
from hexci.domain.asking.visible import visible
from hexci.domain.plan import Mode

# Begins every comment that hexci writes, so that it never answers itself.
MARKER = "<!-- hexci:"
AGENT_BRANCHES = "hex/auto/"
ANY_TASK = "make the evidence pass"
_TITLE = 200
_PULL_ACTIONS = frozenset({"opened", "synchronize", "reopened"})
_NOBODY = "0" * 40


class Source(StrEnum):
    """Who has to be allowed to do it."""

    SENDER = "sender"
    NOBODY = "nobody"  # a schedule: the workflow on the default branch speaks for itself
    ANYBODY = "anybody"  # reading and checking only


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to do. `vouched` must have write permission too: whose words become the task."""

    command: Command
    source: Source
    actor: Person | None = None
    vouched: Person | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """No-op: why."""

    reason: str


Reading = Intent | Misspelt | Nothing


def read_delivery(delivery: Delivery, inputs: Inputs) -> Reading:
    """What `delivery` asks for. Pure; whether it is allowed is asked afterwards."""
    sender = delivery.sender
    checks = delivery.name in {"pull_request", "merge_group"}  # merge queues are bots
    if sender and sender.is_bot and sender.id not in inputs.bots and not checks:
        return Nothing(f"{sender.login} is a bot that the workflow does not list")
    if delivery.name == "pull_request_target":
        return Nothing("pull_request_target lends secrets to a stranger's code: use pull_request")
    reader = _READERS.get(delivery.name)
    if reader is None:
        return Nothing(f"hexci does nothing on {delivery.name}")
    return reader(delivery, inputs)


def _comment(delivery: Delivery, inputs: Inputs) -> Reading:
    comment, thread = delivery.comment, delivery.thread
    if delivery.action != "created":
        return Nothing(f"a comment {delivery.action} is no command: only a new one is")
    if comment is None or thread is None:
        return Nothing("the event carries no comment")
    if comment.edited:
        return Nothing("the comment was edited before it was read; write a new one")
    if MARKER in comment.body:
        return Nothing("the comment is hexci's own")
    if comment.author.is_bot and comment.author.id not in inputs.bots:
        return Nothing(f"{comment.author.login} is a bot that the workflow does not list")
    if delivery.sender is None or comment.author.id != delivery.sender.id:
        return Nothing("the comment's author is not who sent the event")
    command = parse_command(comment.body)
    if command is None:
        return Nothing("the comment holds no /hex command")
    if isinstance(command, Misspelt):
        return command
    return Intent(command, Source.SENDER, comment.author)


def _issues(delivery: Delivery, inputs: Inputs) -> Reading:
    if delivery.action == "labeled" and delivery.label != inputs.label:
        return Nothing(f"the label is {delivery.label!r}, not {inputs.label!r}")
    if delivery.action == "assigned":
        login = delivery.assignee.login if delivery.assignee else ""
        if not inputs.assignee or login.casefold() != inputs.assignee.casefold():
            return Nothing("the issue was assigned to somebody else")
    if delivery.action not in {"labeled", "assigned"}:
        return Nothing(f"hexci does nothing when an issue is {delivery.action}")
    thread = delivery.thread
    if thread is None or not thread.is_open:
        return Nothing("the issue is closed")
    title = " ".join(visible(thread.title).split())[:_TITLE]
    line = f"issue {delivery.action}"
    return Intent(_task(line, title, inputs), Source.SENDER, delivery.sender, thread.author)


def _pull(delivery: Delivery, inputs: Inputs) -> Reading:  # noqa: ARG001 - one form for all
    if delivery.action not in _PULL_ACTIONS:
        return Nothing(f"hexci does nothing when a pull request is {delivery.action}")
    return _check(delivery)


def _merge_group(delivery: Delivery, inputs: Inputs) -> Reading:  # noqa: ARG001
    if delivery.action != "checks_requested":
        return Nothing(f"hexci does nothing when a merge group is {delivery.action}")
    return _check(delivery)


def _check(delivery: Delivery) -> Reading:
    if delivery.change is None:
        return Nothing("the event names no commits")
    return Intent(Command(Verb.ANALYZE, delivery.name), Source.ANYBODY, delivery.sender)


def _push(delivery: Delivery, inputs: Inputs) -> Reading:
    branch = delivery.ref.removeprefix("refs/heads/")
    if branch.startswith(AGENT_BRANCHES):
        return Nothing("the push is hexci's own")
    if delivery.change is None or delivery.change.head_sha == _NOBODY:
        return Nothing("the push removed a ref")
    if not inputs.task:
        return Nothing("the workflow gives no `task` for a push")
    if branch != delivery.default_branch:
        return Nothing(f"hexci works on pushes to {delivery.default_branch!r} only")
    return Intent(_task("push", inputs.task, inputs), Source.SENDER, delivery.sender)


def _dispatch(delivery: Delivery, inputs: Inputs) -> Reading:
    if not inputs.task:
        return Nothing(f"the workflow gives no `task` for {delivery.name}")
    command = _task(delivery.name, inputs.task, inputs)
    return Intent(command, Source.SENDER, delivery.sender)


def _schedule(delivery: Delivery, inputs: Inputs) -> Reading:  # noqa: ARG001
    if not inputs.task:
        return Nothing("the workflow gives no `task` for a schedule")
    return Intent(_task("schedule", inputs.task, inputs), Source.NOBODY)


def _task(line: str, text: str, inputs: Inputs) -> Command:
    return Command(
        Verb.DO,
        line,
        text or ANY_TASK,
        evidence=inputs.evidence or None,
        files=inputs.files,
        candidates=inputs.candidates,
        mode=Mode(inputs.mode),
    )


_READERS = {
    "issue_comment": _comment,
    "pull_request_review_comment": _comment,
    "issues": _issues,
    "pull_request": _pull,
    "merge_group": _merge_group,
    "push": _push,
    "workflow_dispatch": _dispatch,
    "repository_dispatch": _dispatch,
    "schedule": _schedule,
}
