"""T1, T6, T21: whose code is checked out, with which rights, and what of it is believed."""

import re
from collections.abc import Iterator

from hexci.domain.canonical import Json
from hexci.domain.finding import Severity
from hexci.domain.workflows import parts
from hexci.domain.workflows.events import privileged
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.shape import Job, Workflow
from hexci.domain.workflows.source import Where

UNTRUSTED_CHECKOUT = WorkflowRule(
    "WF011", "untrusted-checkout", "A job with secrets checks out no stranger's code",
    "Whoever opens a pull request decides what its tests, build scripts and hooks do. On these "
    "events the job has the repository's secrets and a token that may write.",
    "Split it: build in a `pull_request` job without secrets, hand over data as an artifact, and "
    "let a job that runs nothing of it publish. hexci does so with stage: work and stage: publish.",
    "on: pull_request_target\n- uses: actions/checkout@…\n"
    "  with: {ref: '${{ github.event.pull_request.head.sha }}'}",
    "on: pull_request\n- uses: actions/checkout@…",
)  # fmt: skip
PRIVILEGED_TRIGGER = WorkflowRule(
    "WF012", "privileged-trigger", "Triggers that give strangers' doings rights are avoided",
    "pull_request_target and workflow_run run with secrets for anybody's pull request. One "
    "careless step later is enough.",
    "Use `pull_request`; where rights are needed, say on this line why it is safe: "
    "# hexci: ignore[WF012] because …",
    "on: pull_request_target", "on: pull_request",
    severity=Severity.WARNING,
)  # fmt: skip
BROAD_PERMISSIONS = WorkflowRule(
    "WF013", "broad-permissions", "The token may do only what its job needs",
    "What a hijacked step can do is what the token may do. Where nothing is said, the "
    "repository's settings decide, and they may say: everything.",
    "Write `permissions: {}` at the top and name in each job what it needs.",
    "permissions: write-all", "permissions: {}\njobs: {test: {permissions: {contents: read}}}",
    severity=Severity.WARNING,
)  # fmt: skip
TRUSTING_GIT = WorkflowRule(
    "WF061", "trusting-git", "git's own guards stay on",
    "A repository's config and hooks are programs. safe.directory='*' makes git believe any "
    "folder's; a hooks path or fsmonitor in the checkout is run by the next git command.",
    'Name the one folder: git config --global --add safe.directory "$GITHUB_WORKSPACE"',
    "run: git config --global --add safe.directory '*'",
    'run: git config --global --add safe.directory "$GITHUB_WORKSPACE"',
    severity=Severity.WARNING,
)  # fmt: skip
STRANGERS_CONFIG = WorkflowRule(
    "WF211", "strangers-config", "Nothing of a stranger's tree steers a job with secrets",
    "AGENTS.md, .claude/settings.json, a local action or a tool's config in the head decides what "
    "runs next.",
    "Take configuration and actions from the base; give the head to the agent as data only.",
    "- uses: actions/checkout@…\n  with: {ref: '${{ github.head_ref }}'}\n- uses: ./.github/a",
    "- uses: actions/checkout@…\n- uses: ./.github/a",
)  # fmt: skip
RULES = (UNTRUSTED_CHECKOUT, PRIVILEGED_TRIGGER, BROAD_PERMISSIONS, TRUSTING_GIT, STRANGERS_CONFIG)

_TRUSTS = re.compile(
    r"safe\.directory[\s=]+['\"]?\*|core\.(?:hooksPath|fsmonitor)[\s=]+\S", re.IGNORECASE
)
_OFF = re.compile(r"core\.(?:hooksPath|fsmonitor)[\s=]+['\"]?(?:/dev/null|false)", re.IGNORECASE)


def check(workflow: Workflow) -> Iterator[Flaw]:
    """Flaws of the rules above."""
    for trigger in privileged(workflow):
        if trigger in {"pull_request_target", "workflow_run"}:
            said = f"{trigger} gives anybody's pull request a run with secrets"
            yield Flaw(PRIVILEGED_TRIGGER, ("on", trigger), said, trigger)
    for job in workflow.jobs:
        yield from _heads(workflow, job)
    yield from _permissions(workflow)
    for _, step, line in parts.lines_of(workflow):
        if _TRUSTS.search(line) and not _OFF.search(line):
            said = f"git is told to believe what it finds: {line[:80]}"
            yield Flaw(TRUSTING_GIT, (*step.where, "run"), said, line)


def _heads(workflow: Workflow, job: Job) -> Iterator[Flaw]:
    strangers = ""
    for step in job.steps:
        events = parts.reach(workflow, job, step)
        taken = parts.takes_head(step) if events else ""
        if taken:
            strangers = events[0]
            said = f"on {strangers} this job has secrets, and takes in a head that anybody made"
            yield Flaw(UNTRUSTED_CHECKOUT, step.where, said, taken)
            if step.inputs.get("submodules", "false") != "false":
                said = "submodules of a stranger's tree may be any repository"
                where = (*step.where, "with", "submodules")
                yield Flaw(TRUSTING_GIT, where, said)
        elif strangers and (step.action.startswith("./") or parts.is_agent(step)):
            what = f"{step.action or 'an agent'}"
            said = f"{what} is steered by files of the head that was checked out on {strangers}"
            yield Flaw(STRANGERS_CONFIG, step.where, said, step.uses)


def _permissions(workflow: Workflow) -> Iterator[Flaw]:
    if workflow.composite:
        return
    said_at_top = workflow.permissions
    broad: list[tuple[Where, Json]] = [(("permissions",), said_at_top)]
    broad += [((*job.where, "permissions"), job.permissions) for job in workflow.jobs]
    for where, said in broad:
        if said == "write-all":
            yield Flaw(BROAD_PERMISSIONS, where, "the token may do everything",
                       severity=Severity.ERROR)  # fmt: skip
    if isinstance(said_at_top, dict) and len(workflow.jobs) > 1:
        writes = [scope for scope, level in said_at_top.items() if level == "write"]
        if writes:
            said = f"each of {len(workflow.jobs)} jobs gets the right to write {', '.join(writes)}"
            yield Flaw(BROAD_PERMISSIONS, ("permissions",), said)
    unsaid = [job for job in workflow.jobs if job.permissions is None]
    if said_at_top is None and unsaid:
        names = ", ".join(job.name for job in unsaid[:4]) + (", …" if len(unsaid) > 4 else "")
        said = f"nothing says what the token may do in {names}"
        yield Flaw(BROAD_PERMISSIONS, unsaid[0].where, said)
