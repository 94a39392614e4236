"""T14, T15, T16: what others made and a job takes in: caches, artifacts, actions, installers."""

import re
from collections.abc import Iterator

from hexci.domain.finding import Severity
from hexci.domain.workflows import parts
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.rights import may_write
from hexci.domain.workflows.script import commands
from hexci.domain.workflows.shape import Job, Step, Workflow
from hexci.domain.workflows.source import Where

CACHE_IN_WRITER = WorkflowRule(
    "WF141", "cache-in-writer", "A job that publishes restores no cache",
    "A cache is shared by the branch's jobs: what a careless job saved, the release takes in and "
    "signs.",
    "Leave the cache out of jobs that publish, write or run on strangers' events.",
    "permissions: {id-token: write}\nsteps: [{uses: actions/cache@…}]",
    "permissions: {contents: read}\nsteps: [{uses: actions/cache@…}]",
    severity=Severity.WARNING,
)  # fmt: skip
ARTIFACT_OVER_WORKSPACE = WorkflowRule(
    "WF151", "artifact-over-workspace", "A stranger's artifact is unpacked beside the workspace",
    "The run that made it may be anybody's pull request: its files would replace scripts and "
    "actions of the checkout.",
    "Give path: ${{ runner.temp }}/handed and check what is in it before you use it.",
    "on: workflow_run\n- uses: actions/download-artifact@…\n  with: {run-id: …}",
    "on: workflow_run\n- uses: actions/download-artifact@…\n"
    "  with: {run-id: …, path: '${{ runner.temp }}/handed'}",
)  # fmt: skip
UNPINNED_ACTION = WorkflowRule(
    "WF161", "unpinned-action", "Actions are named by commit",
    "A tag or branch can be moved, and has been: the next run takes what then is there, with your "
    "secrets.",
    "Write the commit and the version behind it: uses: owner/name@SHA # v1.2.3",
    "uses: actions/checkout@v4",
    "uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    severity=Severity.WARNING,
)  # fmt: skip
FLOATING_INSTALL = WorkflowRule(
    "WF162", "floating-install", "What is installed is what was looked at",
    "A script from the network, or the latest of a package, is another program every day.",
    "Name a version, and check a digest where there is no lock file.",
    "run: curl -fsSL https://example.org/install.sh | bash",
    "run: npm install --global tool@1.2.3",
    severity=Severity.WARNING,
)  # fmt: skip
RULES = (CACHE_IN_WRITER, ARTIFACT_OVER_WORKSPACE, UNPINNED_ACTION, FLOATING_INSTALL)

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCHES = frozenset(
    {"", "main", "master", "latest", "develop", "dev", "trunk", "head", "nightly", "edge"}
)
_CACHES = ("actions/cache", "swatinem/rust-cache", "mozilla-actions/sccache-action",
           "gradle/actions/setup-gradle", "hendrikmuhs/ccache-action")  # fmt: skip
_SETUP = re.compile(r"(?:actions/setup-[\w-]+|ruby/setup-ruby|pnpm/action-setup)$")
_OUTSIDE = re.compile(r"runner\.temp|RUNNER_TEMP|(?:^|[\s'\"=])/(?:var/)?tmp\b")
_UNPACKS = re.compile(r"\bgh\s+run\s+download\b|(?:^|[|;&]\s*)unzip\s")
_PIPED = re.compile(
    r"\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+)?(?:env\s+\S+\s+)*(?:ba|z|da)?sh\b"
    r"|\b(?:ba)?sh\s+(?:-c\s+)?[\"']?(?:<\(|\$\()\s*(?:curl|wget)\b"
    r"|\biex?\b.*\b(?:iwr|irm|Invoke-WebRequest)\b|\b(?:iwr|irm)\b[^|]*\|\s*iex\b"
)
_LATEST = re.compile(
    r"\b(?:npm\s+(?:i|install|add)|npx|pnpm\s+(?:add|dlx)|yarn\s+(?:global\s+)?add|bunx"
    r"|go\s+install)\b[^|;&]*@latest\b"
)


def check(workflow: Workflow) -> Iterator[Flaw]:
    """Flaws of the rules above."""
    for job in workflow.jobs:
        if job.uses:
            yield from _unpinned(job.uses, (*job.where, "uses"))
        publishes = _publishes(workflow, job)
        for step in job.steps:
            if step.uses:
                yield from _unpinned(step.uses, (*step.where, "uses"))
            if publishes and _restores(step):
                yield Flaw(CACHE_IN_WRITER, step.where, f"{step.action} restores a cache in a job "
                           f"that {publishes}", step.uses)  # fmt: skip
            if "workflow_run" in workflow.triggers and _downloads_over(step):
                said = "the artifact of a run that anybody caused is unpacked over the workspace"
                yield Flaw(ARTIFACT_OVER_WORKSPACE, step.where, said, step.uses)
    for _, step, line in parts.lines_of(workflow):
        where = (*step.where, "run")
        if _PIPED.search(line):
            said = f"runs whatever the address answers today: {line[:100]}"
            yield Flaw(FLOATING_INSTALL, where, said, line)
        elif _LATEST.search(line):
            said = f"installs whatever is the latest: {line[:100]}"
            yield Flaw(FLOATING_INSTALL, where, said, line)


def _unpinned(uses: str, where: Where) -> Iterator[Flaw]:
    name, _, ref = uses.partition("@")
    if name.startswith("./") or "${{" in uses:
        return
    if name.startswith("docker://"):
        if not ref.startswith("sha256:"):
            said = f"{uses} can be another image tomorrow"
            yield Flaw(UNPINNED_ACTION, where, said, uses, fix="Name it by @sha256:…")
        return
    if _COMMIT.fullmatch(ref):
        return
    repository = "/".join(name.split("/")[:2])
    fix = f"git ls-remote https://github.com/{repository} {ref or 'HEAD'} gives its commit"
    fix += f"; write {name}@SHA # {ref}" if ref else f"; write {name}@SHA"
    floats = ref.lower() in _BRANCHES
    said = f"{uses} is {'a branch' if floats else 'a tag or branch'}, and can be moved"
    yield Flaw(UNPINNED_ACTION, where, said, uses, Severity.ERROR if floats else None, fix)


def _publishes(workflow: Workflow, job: Job) -> str:
    """What makes a poisoned cache dangerous here; empty when nothing does."""
    if events := parts.reach(workflow, job):
        return f"runs with rights on {events[0]}"
    if may_write(workflow, job, "id-token", "packages", "attestations"):
        return "publishes"
    push = workflow.triggers.get("push")
    tags = isinstance(push, dict) and "tags" in push and "branches" not in push
    if "release" in workflow.triggers or tags:
        return "makes a release"
    return "writes to the repository" if may_write(workflow, job, "contents") else ""


def _restores(step: Step) -> bool:
    if step.action.startswith(_CACHES):
        return not step.action.endswith("/save")
    cache = step.inputs.get("cache", "").lower()
    if step.action == "actions/setup-go":
        return cache != "false"
    if step.action == "astral-sh/setup-uv":
        return step.inputs.get("enable-cache", "auto") != "false"
    return bool(_SETUP.match(step.action)) and cache not in {"", "false"}


def _downloads_over(step: Step) -> bool:
    foreign = step.action == "dawidd6/action-download-artifact" or (
        step.action == "actions/download-artifact" and "run-id" in step.inputs
    )
    if foreign:
        return not _OUTSIDE.search(step.inputs.get("path", ""))
    return any(_UNPACKS.search(line) and not _OUTSIDE.search(line) for line in commands(step.run))
