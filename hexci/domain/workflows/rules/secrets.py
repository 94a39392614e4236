"""T5, T11, T12: where tokens and secrets lie about."""

import re
from collections.abc import Iterator, Mapping

from hexci.domain.canonical import Json
from hexci.domain.finding import Severity
from hexci.domain.workflows import parts
from hexci.domain.workflows.expressions import expressions, names_secret
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.script import commands
from hexci.domain.workflows.shape import Job, Step, Workflow
from hexci.domain.workflows.source import Where

PERSISTED = WorkflowRule(
    "WF051", "persisted-credentials", "A checkout leaves no token behind",
    "actions/checkout keeps the token where every later step, test and agent can read it.",
    "Add with: {persist-credentials: false}; give the token by env: to the one step that pushes.",
    "- uses: actions/checkout@…",
    "- uses: actions/checkout@…\n  with: {persist-credentials: false}",
    severity=Severity.WARNING,
)  # fmt: skip
SHARED_SECRETS = WorkflowRule(
    "WF111", "shared-secrets", "A secret is given to the one step that needs it",
    "What is in the environment of a job is read by every action and every test in it.",
    "Move it to the env: of the step.",
    "jobs: {test: {env: {KEY: '${{ secrets.KEY }}'}, steps: [test, deploy]}}",
    "- run: ./deploy\n  env: {KEY: '${{ secrets.KEY }}'}",
    severity=Severity.WARNING,
)  # fmt: skip
INHERITED_SECRETS = WorkflowRule(
    "WF112", "inherited-secrets", "A called workflow gets secrets by name",
    "secrets: inherit hands over all of them, also those that are added next year.",
    "Name them: secrets: {KEY: '${{ secrets.KEY }}'}",
    "secrets: inherit", "secrets: {KEY: '${{ secrets.KEY }}'}",
    severity=Severity.WARNING,
)  # fmt: skip
LEAKY_LOG = WorkflowRule(
    "WF121", "leaky-log", "No secret is printed",
    "The runner masks a secret only in the very form in which it is stored; a part of it, its "
    "base64 or a traced command stay readable, for everybody who may see the log.",
    "Do not print it. To hand it to a program: env: and a pipe.",
    'run: echo "${{ secrets.KEY }}"',
    'run: printf %s "$KEY" | tool login --password-stdin',
    severity=Severity.WARNING,
)  # fmt: skip
LEAKY_ARTIFACT = WorkflowRule(
    "WF122", "leaky-artifact", "No artifact holds .git",
    "With the checkout's credentials in it, whoever downloads the artifact has the token.",
    "Upload the folder that is meant, and persist no credentials.",
    "with: {path: ., include-hidden-files: true}", "with: {path: dist/}",
)  # fmt: skip
RULES = (PERSISTED, SHARED_SECRETS, INHERITED_SECRETS, LEAKY_LOG, LEAKY_ARTIFACT)

_PUSHES = re.compile(r"\bgit\b.*\bpush\b")
_PRINTS = re.compile(r"^(?:echo|printf)\b[^|>]*$")
_DUMPS = re.compile(r"^(?:env|printenv|set|export -p|declare -p)\s*(?:\|\s*(?:sort|cat|grep.*))?$")
_TRACES = re.compile(r"^set\s+-\w*x|^set\s+-o\s+xtrace|^bash\s+-\w*x")
_ALL = re.compile(r"\btojson\(\s*secrets\s*\)", re.IGNORECASE)
_HIDDEN_TOO = re.compile(r"v[123](?:\.|$)")
_WHOLE = frozenset({".", "./", "./*", "*", "**", "./**", "${{ github.workspace }}"})


def check(workflow: Workflow) -> Iterator[Flaw]:
    """Flaws of the rules above."""
    yield from _shared(workflow)
    for job in workflow.jobs:
        if job.secrets == "inherit":
            said = f"{job.uses or job.name} gets every secret of the repository"
            yield Flaw(INHERITED_SECRETS, (*job.where, "secrets"), said)
        kept = [flaw for step in job.steps if parts.is_checkout(step)
                for flaw in _persisted(job, step)]  # fmt: skip
        yield from kept
        for step in job.steps:
            yield from _printed(workflow, job, step)
            if step.action == "actions/upload-artifact" and kept:
                yield from _uploaded(step)


def _persisted(job: Job, step: Step) -> Iterator[Flaw]:
    if step.inputs.get("persist-credentials", "true").lower() == "false":
        return
    if parts.works_for_others(job):
        said = "the token lies in reach of what the agent and the evidence run"
        yield Flaw(PERSISTED, step.where, said, step.uses, Severity.ERROR)
    elif any(_PUSHES.search(line) for s in job.steps for line in commands(s.run)):
        said = "the token is kept for `git push`, and every other step can read it too"
        yield Flaw(PERSISTED, step.where, said, step.uses, Severity.NOTE)
    else:
        said = "the token stays readable for all later steps"
        yield Flaw(PERSISTED, step.where, said, step.uses)


def _shared(workflow: Workflow) -> Iterator[Flaw]:
    layers: list[tuple[Where, Mapping[str, str], str]] = [
        (("env",), workflow.env, "every job and step")
    ]
    layers += [((*job.where, "env"), job.env, f"every step of {job.name}")
               for job in workflow.jobs if len(job.steps) > 1]  # fmt: skip
    for where, env, who in layers:
        for name, text in env.items():
            if shown := names_secret(text):
                yield Flaw(SHARED_SECRETS, (*where, name), f"{who} can read {name}", shown)
    for where, text in _strings(workflow.source.data, ()):
        for shown, inside in expressions(text):
            if _ALL.search(inside):
                said = f"{shown} is every secret of the repository at once"
                yield Flaw(SHARED_SECRETS, where, said, shown, Severity.ERROR)


def _printed(workflow: Workflow, job: Job, step: Step) -> Iterator[Flaw]:
    where = (*step.where, "run")
    env = {**workflow.env, **job.env, **step.env}
    secret = {name for name, text in env.items() if names_secret(text)}
    for line in commands(step.run):
        shown = names_secret(line)
        named = [n for n in secret if re.search(rf"\$\{{?{re.escape(n)}\b", line)]
        if _PRINTS.match(line) and (shown or named):
            said = f"{shown or '$' + named[0]} is printed into the log"
            yield Flaw(LEAKY_LOG, where, said, line, Severity.ERROR)
        elif secret and (_DUMPS.match(line) or _TRACES.match(line)):
            said = f"`{line}` shows {', '.join(sorted(secret))} in the log"
            yield Flaw(LEAKY_LOG, where, said, line)
    if step.inputs.get("show_full_output", "").lower() == "true":
        said = "all that the agent reads and says goes into the log"
        yield Flaw(LEAKY_LOG, (*step.where, "with", "show_full_output"), said)
    for name in ("ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG"):
        if env.get(name, "").lower() == "true" and name in step.env:
            yield Flaw(LEAKY_LOG, (*step.where, "env", name), f"{name} is on for good")


def _uploaded(step: Step) -> Iterator[Flaw]:
    hidden = step.inputs.get("include-hidden-files", "") == "true" or _HIDDEN_TOO.match(step.ref)
    for path in step.inputs.get("path", "").splitlines():
        plain = path.strip()
        if re.search(r"(?:^|/)\.git/?$", plain) or (hidden and plain in _WHOLE):
            said = f"{plain} holds .git, where the checkout keeps its token"
            yield Flaw(LEAKY_ARTIFACT, (*step.where, "with", "path"), said, plain)


def _strings(data: Json, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*where, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _strings(value, (*where, number))
