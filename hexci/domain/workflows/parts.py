"""What steps and jobs do, as far as their names tell: agents, hexci, checkouts, pushes."""

import re
from collections.abc import Iterator

from hexci.domain.workflows.events import PRIVILEGED
from hexci.domain.workflows.script import commands
from hexci.domain.workflows.shape import Job, Step, Workflow

_AGENTS = (
    "anthropics/claude-code", "openai/codex-action", "google-github-actions/run-gemini-cli",
    "google-gemini/gemini-cli", "actions/ai-inference", "sst/opencode", "anomalyco/opencode",
    "all-hands-ai/openhands", "openhands/", "qodo-ai/pr-agent", "codium-ai/pr-agent",
    "the-pr-agent/pr-agent", "coderabbitai/ai-pr-reviewer", "block/goose", "cursor/",
    "github/copilot-cli",
)  # fmt: skip
_AGENT_PROGRAM = re.compile(
    r"(?:^|[\s;&|(])(?:npx\s+(?:-\S+\s+)*(?:@[\w-]+/)?)?"
    r"(?:claude|codex|gemini|aider|opencode|goose|cursor-agent|copilot|openhands)(?:@\S+)?"
    r"\s+(?:-|exec\b|run\b|review\b)"
)
_HEXCI_INPUTS = frozenset({"stage", "minutes", "candidates", "evidence", "handover"})
_HEXCI = re.compile(r"(?:^|[\s;&|(/])hexci\s+(?:gate|do|verify|action|publish)\b")
_HEAD = re.compile(
    r"github\.event\.pull_request\.head\b|github\.head_ref\b|refs/pull/|merge_commit_sha"
    r"|github\.event\.workflow_run\.head_(?:sha|branch|repository)"
    r"|github\.event\.workflow_run\.pull_requests|pull/\$\{\{|\bhead[_.-]?(?:sha|ref)\b"
)
_FETCHED = re.compile(
    r"\bgh\s+pr\s+checkout\b|\bhub\s+pr\s+checkout\b|\bgit\s+fetch\b[^|;&]*\bpull/"
    r"|\bgit\s+(?:checkout|switch)\b[^|;&]*\$\{\{[^}]*\bhead\b"
)
_OWN = re.compile(
    r"head\.repo\.full_name\s*==\s*github\.repository\b"
    r"|github\.repository\s*==\s*github\.event\.\S*head\.repo\.full_name"
    r"|head\.repo\.fork\s*==\s*false|!\s*github\.event\.pull_request\.head\.repo\.fork\b"
    r"|head_repository\.full_name\s*==\s*github\.repository\b"
    r"|github\.event\.workflow_run\.event\s*==\s*'(?:push|schedule|workflow_dispatch|release)'"
)
_EVENT_NAME = re.compile(r"github\.event_name\s*==\s*'(\w+)'")


def is_agent(step: Step) -> bool:
    """Whether the step lets a model act."""
    known = step.action.startswith(_AGENTS) and not step.action.startswith("./")
    return known or any(_AGENT_PROGRAM.search(line) for line in commands(step.run))


def is_hexci(step: Step) -> bool:
    """Whether the step is hexci's Action, also one that was checked out."""
    parts = step.action.split("/")
    if step.action.startswith("./"):
        return "hexci" in step.action or bool(_HEXCI_INPUTS & set(step.inputs))
    return len(parts) > 1 and parts[1] == "hexci"


def answers_events(step: Step) -> bool:
    """Whether hexci is to do what its event asks for, not one process of a compiled system."""
    return is_hexci(step) and "process" not in step.inputs


def is_gated(job: Job) -> bool:
    """Whether hexci judges what the job makes."""
    return any(
        is_hexci(step) or any(_HEXCI.search(line) for line in commands(step.run))
        for step in job.steps
    )


def has_agent(job: Job) -> bool:
    """Whether a model acts in the job."""
    return any(is_agent(step) for step in job.steps)


def works_for_others(job: Job) -> bool:
    """Whether the job is one of hexci's or of an agent's."""
    return has_agent(job) or any(is_hexci(step) for step in job.steps)


def is_checkout(step: Step) -> bool:
    """Whether the step is the official checkout."""
    return step.action == "actions/checkout"


def takes_head(step: Step) -> str:
    """The text by which a step puts a pull request's head into the workspace; or empty."""
    if is_checkout(step):
        asked = (step.inputs.get("ref", ""), step.inputs.get("repository", ""))
        return next((text for text in asked if _HEAD.search(text)), "")
    return next((line for line in commands(step.run) if _FETCHED.search(line)), "")


def reach(workflow: Workflow, job: Job, step: Step | None = None) -> tuple[str, ...]:
    """The privileged events by which a stranger's doing gets to a job, or to a step of it.

    A condition that names events, or asks that the head is of this repository, is believed.
    """
    conditions = " ".join((job.condition, step.condition if step else ""))
    if _OWN.search(conditions):
        return ()
    named = set(_EVENT_NAME.findall(conditions))
    left = [e for e in workflow.triggers if not named or "!=" in conditions or e in named]
    return tuple(e for e in left if e in PRIVILEGED)


def steps_of(workflow: Workflow) -> Iterator[tuple[Job, Step]]:
    """Every step with its job."""
    for job in workflow.jobs:
        for step in job.steps:
            yield job, step


def lines_of(workflow: Workflow) -> Iterator[tuple[Job, Step, str]]:
    """Every command line of every `run:`."""
    for job, step in steps_of(workflow):
        for line in commands(step.run):
            yield job, step, line
