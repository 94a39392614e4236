"""T4, T17, T18, T19, T24: how a comment starts a job, and who may write it."""

import re
from collections.abc import Iterator

from hexci.domain.finding import Severity
from hexci.domain.workflows import parts
from hexci.domain.workflows.events import COMMENTS, comments, types_of
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.shape import Job, Step, Workflow

EDITED_COMMAND = WorkflowRule(
    "WF041", "edited-command", "Only a new comment is a command",
    "Without `types` a trigger also fires when an old comment is edited: what was approved is "
    "then not what runs, and it runs with today's secrets.",
    "Write types: [created] (reviews: [submitted]).",
    "on: issue_comment", "on: {issue_comment: {types: [created]}}",
    severity=Severity.WARNING,
)  # fmt: skip
SPOOFABLE_ACTOR = WorkflowRule(
    "WF171", "spoofable-actor", "Who may is not decided by github.actor",
    "github.actor is who caused the last event, not who wrote the code: a bot's pull request "
    "that somebody else made it touch carries the bot's name.",
    "Compare github.event.pull_request.user.login, or ask for the permission of the account.",
    "if: github.actor == 'dependabot[bot]'",
    "if: github.event.pull_request.user.login == 'dependabot[bot]'",
    severity=Severity.WARNING,
)  # fmt: skip
WEAK_ASSOCIATION = WorkflowRule(
    "WF172", "weak-association", "CONTRIBUTOR is no write access",
    "One merged typo makes a CONTRIBUTOR. It says nothing about rights.",
    "Accept OWNER, MEMBER and COLLABORATOR at most, and ask the permission endpoint: hexci does.",
    """if: contains(fromJSON('["CONTRIBUTOR"]'), github.event.comment.author_association)""",
    """if: contains(fromJSON('["MEMBER"]'), github.event.comment.author_association)""",
)  # fmt: skip
ALWAYS_TRUE = WorkflowRule(
    "WF173", "always-true", "A condition can be false",
    "Text around `${{ }}`, also the line end of a block, makes the whole a string, and a string "
    "is true.",
    "Write the whole condition without ${{ }}, with `>-` where it is long.",
    "if: ${{ github.actor == 'me' }} && success()", "if: github.actor == 'me' && success()",
)  # fmt: skip
LOOSE_TRIGGER = WorkflowRule(
    "WF181", "loose-trigger", "A command stands at the start of a comment",
    "contains() also finds it in quotations, code and addresses: /oc is in /octokit.",
    "Use startsWith() as a filter and let the tool read the text: hexci has a strict grammar.",
    "if: contains(github.event.comment.body, '/hex')",
    "if: startsWith(github.event.comment.body, '/hex')",
    severity=Severity.WARNING,
)  # fmt: skip
LOOSE_CONTAINS = WorkflowRule(
    "WF182", "loose-contains", "A name is compared whole",
    "contains('main develop', 'mai') is true: a part of the list is enough.",
    """Compare with ==, or with a list: contains(fromJSON('["main"]'), github.ref_name)""",
    "if: contains('refs/heads/main refs/heads/develop', github.ref)",
    "if: github.ref == 'refs/heads/main' || github.ref == 'refs/heads/develop'",
    severity=Severity.WARNING,
)  # fmt: skip
SELF_TRIGGER = WorkflowRule(
    "WF191", "self-trigger", "Not every comment starts a job",
    "A job without condition starts on each comment, also on those it writes itself with the "
    "token of an app: it costs money, or never ends.",
    "Add if: startsWith(github.event.comment.body, '/…') to the job.",
    "on: {issue_comment: {types: [created]}}\njobs: {answer: {steps: []}}",
    "jobs: {answer: {if: \"startsWith(github.event.comment.body, '/hex')\", steps: []}}",
    severity=Severity.WARNING,
)  # fmt: skip
SHARED_CONCURRENCY = WorkflowRule(
    "WF241", "shared-concurrency", "A comment cancels nobody's job",
    "concurrency above the jobs counts before any `if:`: each comment, also the bot's own, enters "
    "the group and pushes out who waits or works there. A cancelled check is not red.",
    "Move concurrency into the job, behind its if:, with cancel-in-progress: false.",
    "on: issue_comment\nconcurrency: {group: x, cancel-in-progress: true}",
    "jobs: {hex: {if: …, concurrency: {group: x, cancel-in-progress: false}}}",
)  # fmt: skip
CANCELLED_WRITER = WorkflowRule(
    "WF242", "cancelled-writer", "A job that writes is let finish",
    "Cancelled between push and pull request it leaves half of its work.",
    "Write cancel-in-progress: false; /hex stop stops a run in an orderly way.",
    "concurrency: {group: hex, cancel-in-progress: true}",
    "concurrency: {group: hex, cancel-in-progress: false}",
    severity=Severity.WARNING,
)  # fmt: skip
RULES = (EDITED_COMMAND, SPOOFABLE_ACTOR, WEAK_ASSOCIATION, ALWAYS_TRUE, LOOSE_TRIGGER,
         LOOSE_CONTAINS, SELF_TRIGGER, SHARED_CONCURRENCY, CANCELLED_WRITER)  # fmt: skip

_ACTOR = re.compile(r"github\.(?:triggering_)?actor\s*==\s*'[^']*'")
_WEAK = re.compile(r"['\"](?:CONTRIBUTOR|FIRST_TIME_CONTRIBUTOR|FIRST_TIMER|NONE)['\"]")
_BODY = re.compile(
    r"contains\(\s*github\.event\.(?:comment|review|issue|discussion)\.(?:body|title)\s*,"
)
_PART = re.compile(r"contains\(\s*'[^']*'\s*,\s*(?:github|env|inputs)\.[\w.]+\s*\)")
_FENCED = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)


def check(workflow: Workflow) -> Iterator[Flaw]:
    """Flaws of the rules above."""
    serves = any(parts.works_for_others(job) for job in workflow.jobs)
    for event in comments(workflow):
        types = types_of(workflow, event)
        if types is None or "edited" in types:
            said = f"{event} also starts the jobs when a comment is edited"
            severity = Severity.ERROR if serves else None
            yield Flaw(EDITED_COMMAND, ("on", event), said, event, severity)
    for job in workflow.jobs:
        yield from _conditions(workflow, job, None)
        for step in job.steps:
            yield from _conditions(workflow, job, step)
        own = comments(workflow)
        conditional = job.condition or any(step.condition for step in job.steps[:1])
        if own and not conditional:
            said = f"every {own[0]} starts the job {job.name}, also its own"
            yield Flaw(SELF_TRIGGER, job.where, said)
    yield from _concurrency(workflow, serves=serves)


def _conditions(workflow: Workflow, job: Job, step: Step | None) -> Iterator[Flaw]:
    condition = step.condition if step else job.condition
    where = (*(step.where if step else job.where), "if")
    if actor := _ACTOR.search(condition):
        strangers = parts.reach(workflow, job, step)
        severity = Severity.ERROR if strangers else None
        said = f"{actor[0]} asks who caused the event, not who wrote the code"
        yield Flaw(SPOOFABLE_ACTOR, where, said, actor[0], severity)
    weak = _WEAK.search(condition)
    if weak and "author_association" in condition:
        said = f"{weak[0]} is enough to start this"
        yield Flaw(WEAK_ASSOCIATION, where, said, weak[0])
    if _FENCED.search(condition) and _FENCED.sub("", condition):
        yield Flaw(ALWAYS_TRUE, where, "the condition is a text, and so always true")
    if loose := _BODY.search(condition):
        said = "the word may stand anywhere in the text, also in a quotation"
        yield Flaw(LOOSE_TRIGGER, where, said, loose[0])
    if part := _PART.search(condition):
        yield Flaw(LOOSE_CONTAINS, where, f"{part[0]} is true for a part of a name too", part[0])


def _concurrency(workflow: Workflow, *, serves: bool) -> Iterator[Flaw]:
    texts = [e for e in workflow.triggers if e in {*COMMENTS, "issues", "discussion"}]
    if workflow.concurrency is not None and texts:
        severity = Severity.ERROR if serves or _cancels(workflow.concurrency) else Severity.WARNING
        said = f"each {texts[0]} enters the group before any condition is looked at"
        yield Flaw(SHARED_CONCURRENCY, ("concurrency",), said, severity=severity)
    for job in workflow.jobs:
        if parts.works_for_others(job) and _cancels(job.concurrency):
            said = f"the next event cancels {job.name} in the middle of its work"
            where = (*job.where, "concurrency", "cancel-in-progress")
            yield Flaw(CANCELLED_WRITER, where, said)


def _cancels(concurrency: object) -> bool:
    if not isinstance(concurrency, dict):
        return False
    return concurrency.get("cancel-in-progress", False) not in {False, "false"}
