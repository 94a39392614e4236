"""T7 to T10, T20, T22, T23: what an agent's work may do, and what is done with it."""

import re
from collections.abc import Iterator

from hexci.domain.finding import Severity
from hexci.domain.workflows import parts
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.rights import may_write
from hexci.domain.workflows.script import commands
from hexci.domain.workflows.shape import Job, Step, Workflow

UNJUDGED_PATCH = WorkflowRule(
    "WF071", "unjudged-patch", "A patch is judged before it is applied",
    "git apply makes symbolic links to anywhere, executables and workflow files as it is told.",
    "hexci gate --base REF --patch FILE --evidence CMD judges it without applying it.",
    "run: git apply change.patch && git push",
    "run: hexci gate --base HEAD --patch change.patch --evidence 'pytest -q'",
    severity=Severity.WARNING,
)  # fmt: skip
WORKFLOW_WRITES = WorkflowRule(
    "WF081", "workflow-writes", "No agent's token may write workflows",
    "Who may write .github/workflows may read every secret with the next push.",
    "Leave permission-workflows out of the app's token; a person edits workflows.",
    "uses: actions/create-github-app-token@…\nwith: {permission-workflows: write}",
    "uses: actions/create-github-app-token@…\nwith: {permission-contents: write}",
    severity=Severity.WARNING,
)  # fmt: skip
UNGATED_AGENT = WorkflowRule(
    "WF091", "ungated-agent", "What an agent made is judged before it is pushed",
    "An agent that may push decides by itself that it is right. Half of them pass a test by "
    "editing it when they cannot pass it otherwise.",
    "Give the agent's job contents: read, and let hexci judge and push: candidates: 'cmd:…'.",
    "permissions: {contents: write}\nsteps: [{uses: anthropics/claude-code-action@…}]",
    "steps: [{uses: hexci/hexci@…, with: {candidates: claude-code}}]",
    severity=Severity.WARNING,
)  # fmt: skip
SWALLOWED_FAILURE = WorkflowRule(
    "WF101", "swallowed-failure", "A failing check fails",
    "`|| true`, exit 0 and continue-on-error turn red into green: the evidence proves nothing.",
    "Remove it; to go on after a failure, read steps.ID.outcome later.",
    "run: pytest || true", "run: pytest",
    severity=Severity.WARNING,
)  # fmt: skip
FORCED_NOTES = WorkflowRule(
    "WF201", "forced-notes", "Evidence is added to, never overwritten",
    "Notes and run records are what later readers verify. A forced push replaces all of them.",
    "Push without force; hexci merges notes on conflict by itself.",
    "run: git push --force origin refs/notes/hexci/evidence",
    "run: git push origin refs/notes/hexci/evidence",
)  # fmt: skip
SELF_APPROVAL = WorkflowRule(
    "WF221", "self-approval", "No workflow approves",
    "An approval by the workflow's token counts like a person's: then nobody has looked.",
    "Let a person approve, or merge by rules that ask for checks only.",
    'run: gh pr review --approve "$URL"', 'run: gh pr review --comment --body "$TEXT" "$URL"',
    severity=Severity.WARNING,
)  # fmt: skip
NO_TIME_LIMIT = WorkflowRule(
    "WF231", "no-time-limit", "An agent's job has a time limit",
    "Without one a loop costs six hours of machine and of tokens.",
    "Add timeout-minutes to the job.",
    "jobs: {agent: {steps: []}}", "jobs: {agent: {timeout-minutes: 30, steps: []}}",
    severity=Severity.WARNING,
)  # fmt: skip
OTHER_LIMIT = WorkflowRule(
    "WF232", "other-limit", "hexci knows the job's time limit",
    "hexci ends and records a run shortly before the limit it knows. A job that is killed earlier "
    "leaves a run that is lost; one that may last longer is taken over by another while it works.",
    "Write the input minutes like timeout-minutes.",
    "timeout-minutes: 60\nsteps: [{uses: hexci/hexci@…}]",
    'timeout-minutes: 60\nsteps: [{uses: hexci/hexci@…, with: {minutes: "60"}}]',
    severity=Severity.WARNING,
)  # fmt: skip
MISSING_RIGHT = WorkflowRule(
    "WF005", "missing-right", "hexci's job may do what it is there for",
    "A run that cannot push or answer ends with infra_error after all the work.",
    "Add it to the job's permissions, or use stage: work and a second job.",
    "permissions: {contents: read}\nsteps: [{uses: hexci/hexci@…}]",
    "permissions: {contents: write, issues: write, pull-requests: write}",
)  # fmt: skip
RULES = (UNJUDGED_PATCH, WORKFLOW_WRITES, UNGATED_AGENT, SWALLOWED_FAILURE, FORCED_NOTES,
         SELF_APPROVAL, NO_TIME_LIMIT, OTHER_LIMIT, MISSING_RIGHT)  # fmt: skip

_APPLIES = re.compile(r"\bgit\b[^|;&]*\s(?:apply|am)\b(?![^|;&]*--check)|(?:^|[|;&]\s*)patch\s+-p")
_TESTS = re.compile(
    r"\b(?:pytest|unittest|tox|nox|cargo\s+(?:nextest|test)|go\s+test|jest|vitest|mocha|rspec"
    r"|phpunit|ctest|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:test|t)\b|mvn|gradlew?|make\s+(?:test"
    r"|check)|dotnet\s+test|hexci\s+(?:gate|analyze|verify|adr|doctor|validate))\b"
)
_SWALLOWS = re.compile(r"\|\|\s*(?:true|:|echo\b[^&|;]*|printf\b[^&|;]*|exit\s+0)\s*[\"')]?\s*$")
_NOTES = re.compile(r"refs/(?:notes|hexci)\b")
_FORCE = re.compile(r"\s(?:--force\b|-f\b|\+refs/)|\s['\"]?\+refs/")
_APPROVES = re.compile(
    r"\bgh\s+pr\s+review\b.*--approve|\bgh\s+pr\s+merge\b.*--admin|\bgh\s+api\b.*reviews.*APPROVE"
)
_APPROVERS = ("hmarr/auto-approve-action", "juliangruber/approve-pull-request-action")
_DEFAULT_MINUTES = "30"
_RUNS_ON_TEXT = frozenset({"issue_comment", "issues", "pull_request_review_comment"})


def check(workflow: Workflow) -> Iterator[Flaw]:
    """Flaws of the rules above."""
    serves = any(parts.works_for_others(job) for job in workflow.jobs)
    for job in workflow.jobs:
        gated = parts.is_gated(job)
        if parts.has_agent(job) and not gated and may_write(workflow, job, "contents"):
            agent = next(step for step in job.steps if parts.is_agent(step))
            said = "an agent works with a token that may push, and nothing judges what it made"
            yield Flaw(UNGATED_AGENT, agent.where, said, agent.uses)
        yield from _limits(job)
        yield from _rights(workflow, job)
        for step in job.steps:
            yield from _patches(workflow, job, step, gated=gated)
            yield from _swallowed(workflow, job, step)
            yield from _approvals(step, serves=serves)
            if step.inputs.get("permission-workflows") == "write":
                severity = Severity.ERROR if parts.works_for_others(job) else None
                where = (*step.where, "with", "permission-workflows")
                said = f"the token of {job.name} may change workflows"
                yield Flaw(WORKFLOW_WRITES, where, said, severity=severity)
    for _, step, line in parts.lines_of(workflow):
        if "push" in line and _NOTES.search(line) and _FORCE.search(line):
            said = f"what others recorded is overwritten: {line[:100]}"
            yield Flaw(FORCED_NOTES, (*step.where, "run"), said, line)


def _patches(workflow: Workflow, job: Job, step: Step, *, gated: bool) -> Iterator[Flaw]:
    writes = may_write(workflow, job, "contents") or parts.reach(workflow, job, step)
    for line in commands(step.run):
        if writes and not gated and _APPLIES.search(line):
            said = f"whatever is in the patch is written: {line[:100]}"
            yield Flaw(UNJUDGED_PATCH, (*step.where, "run"), said, line)


def _swallowed(workflow: Workflow, job: Job, step: Step) -> Iterator[Flaw]:
    lines = commands(step.run)
    tests = [line for line in lines if _TESTS.search(line)]
    for line in tests:
        if _SWALLOWS.search(line):
            said = f"a failure is swallowed: {line[:100]}"
            yield Flaw(SWALLOWED_FAILURE, (*step.where, "run"), said, line)
    if tests and lines[-1] == "exit 0":
        yield Flaw(SWALLOWED_FAILURE, (*step.where, "run"), "the step ends with exit 0", "exit 0")
    judged = parts.is_hexci(step) and step.inputs.get("stage") != "work"
    read_later = step.id and re.search(
        rf"steps\.{re.escape(step.id)}\.(?:outcome|conclusion|outputs\.outcome)",
        workflow.source.text,
    )
    if (tests or judged) and step.may_fail and not read_later:
        where = (*step.where, "continue-on-error")
        yield Flaw(SWALLOWED_FAILURE, where, "the check may fail and the job is green")
    if (tests or judged) and job.may_fail:
        where = (*job.where, "continue-on-error")
        yield Flaw(SWALLOWED_FAILURE, where, f"{job.name} may fail and the workflow is green")


def _approvals(step: Step, *, serves: bool) -> Iterator[Flaw]:
    severity = Severity.ERROR if serves else None
    if step.action in _APPROVERS:
        yield Flaw(SELF_APPROVAL, step.where, f"{step.action} approves", step.uses, severity)
    for line in commands(step.run):
        if _APPROVES.search(line):
            said = f"the workflow approves: {line[:100]}"
            yield Flaw(SELF_APPROVAL, (*step.where, "run"), said, line, severity)


def _limits(job: Job) -> Iterator[Flaw]:
    if not parts.works_for_others(job):
        return
    if not job.minutes:
        yield Flaw(NO_TIME_LIMIT, job.where, f"{job.name} may last six hours")
    for step in job.steps:
        told = step.inputs.get("minutes", _DEFAULT_MINUTES)
        if parts.answers_events(step) and job.minutes.isdigit() and told.isdigit():
            works = step.inputs.get("stage") != "publish" and told != job.minutes
            if works:
                said = f"the job ends after {job.minutes} minutes; hexci is told {told}"
                fix = f'Write with: {{minutes: "{job.minutes}"}}'
                yield Flaw(OTHER_LIMIT, step.where, said, step.uses, fix=fix)


def _rights(workflow: Workflow, job: Job) -> Iterator[Flaw]:
    for step in job.steps:
        if not parts.answers_events(step) or step.inputs.get("stage") == "work":
            continue
        if "token" in step.inputs or not (set(workflow.triggers) & _RUNS_ON_TEXT):
            continue
        if "github.event_name == 'pull_request'" in job.condition:
            continue
        needed = ("contents", "issues", "pull-requests")
        said = job.permissions if job.permissions is not None else workflow.permissions
        missing = [scope for scope in needed if not may_write(workflow, job, scope)]
        if said is not None and missing:
            names = ", ".join(f"{scope}: write" for scope in missing)
            yield Flaw(MISSING_RIGHT, (*job.where, "permissions"), f"hexci lacks {names}")
