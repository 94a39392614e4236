"""T2, T3, T13: where somebody's text becomes code, an instruction, or a command to the runner."""

import re
from collections.abc import Iterator, Mapping

from hexci.domain.finding import Severity
from hexci.domain.workflows import parts
from hexci.domain.workflows.expressions import Taint, expressions, taint, taint_of, tainted_env
from hexci.domain.workflows.flaw import Flaw, WorkflowRule
from hexci.domain.workflows.rights import might_write
from hexci.domain.workflows.script import commands
from hexci.domain.workflows.shape import Job, Step, Workflow
from hexci.domain.workflows.source import Where

TEMPLATE_INJECTION = WorkflowRule(
    "WF021", "template-injection", "No `${{ }}` puts somebody's text into code",
    "An expression is replaced before the shell reads the line: a title of `$(curl …)` is a "
    "command. A branch's name, a file's and a comment are texts of anybody.",
    'Give it by env: and write "$NAME" in the script.',
    'run: echo "${{ github.event.issue.title }}"',
    'env: {TITLE: "${{ github.event.issue.title }}"}\nrun: echo "$TITLE"',
)  # fmt: skip
UNTRUSTED_PROMPT = WorkflowRule(
    "WF031", "untrusted-prompt", "No stranger's text is an agent's instruction",
    "A model does what its prompt says, whoever wrote it. With a token that writes, or a secret "
    "in reach, so does the stranger.",
    "Let the agent run without a token that writes and let another job judge what it made "
    "(hexci: stage: work, then publish), or start it only for who has write access.",
    "prompt: Fix ${{ github.event.issue.body }}\npermissions: {contents: write}",
    "prompt: Triage the issue that is in the event's file\npermissions: {contents: read}",
)  # fmt: skip
OPEN_AGENT = WorkflowRule(
    "WF032", "open-agent", "An agent works for people with write access only",
    "Who may start it may spend your money and say what it does.",
    "Name accounts, or leave the input out: then write access is asked for.",
    'allowed_non_write_users: "*"', "allowed_non_write_users: some-bot",
)  # fmt: skip
UNBOUNDED_AGENT = WorkflowRule(
    "WF033", "unbounded-agent", "An agent's guards stay on",
    "Without sandbox and permission checks it can read the runner's secrets and use its token.",
    "Leave the sandbox on and grant tools by name; or let hexci run it: "
    "candidates: 'cmd:…' works in a clone without token or network.",
    "run: claude -p --dangerously-skip-permissions",
    "run: claude -p --allowedTools Read,Edit",
    severity=Severity.WARNING,
)  # fmt: skip
RUNNER_COMMANDS = WorkflowRule(
    "WF131", "runner-commands", "No foreign text is a command to the runner",
    "A line in $GITHUB_ENV sets LD_PRELOAD for the next step; a line that ends a here-document "
    "with a known word sets outputs.",
    "Write to $GITHUB_OUTPUT, with a delimiter made for this write: d=$(openssl rand -hex 16)",
    'run: echo "TITLE=$TITLE" >> "$GITHUB_ENV"',
    'run: d=$(openssl rand -hex 16); printf "t<<%s\\n%s\\n%s\\n" "$d" "$TITLE" "$d" '
    '>> "$GITHUB_OUTPUT"',
)  # fmt: skip
RULES = (TEMPLATE_INJECTION, UNTRUSTED_PROMPT, OPEN_AGENT, UNBOUNDED_AGENT, RUNNER_COMMANDS)

# action → inputs that are run as code
_CODE_INPUTS = {
    "actions/github-script": ("script",),
    "azure/cli": ("inlineScript",),
    "azure/powershell": ("inlineScript",),
    "appleboy/ssh-action": ("script",),
    "nick-fields/retry": ("command",),
}
_OPENING = frozenset({"allowed_non_write_users", "allow-users", "allowed_bots", "allow-bot-users"})
_UNBOUND = re.compile(
    r"--dangerously-(?:skip-permissions|bypass-approvals-and-sandbox)|(?:^|\s)--yolo\b"
    r"|\bdanger-full-access\b|--sandbox[= ]danger|--approval-mode[= ]yolo"
)
_TO_RUNNER = re.compile(
    r">>?\s*[\"']?\$\{?GITHUB_(ENV|PATH|OUTPUT)\b|tee\s.*\$\{?GITHUB_(ENV|PATH)"
)
_FIXED = re.compile(r"(?:echo|printf)\s+[\"']?[\w-]+<<[\"']?([A-Za-z_]\w*)")
_UNSECURE = "ACTIONS_ALLOW_UNSECURE_COMMANDS"


def check(workflow: Workflow) -> Iterator[Flaw]:
    """Flaws of the rules above."""
    yield from _unsecure(workflow)
    for job, step in parts.steps_of(workflow):
        env = tainted_env(workflow.env, job.env, step.env)
        yield from _injected(step, env)
        yield from _to_runner(step, env)
        if parts.is_agent(step):
            yield from _agents(workflow, job, step, env)


def _injected(step: Step, env: Mapping[str, Taint]) -> Iterator[Flaw]:
    codes: dict[Where, str] = {("run",): step.run}
    known = next((n for a, n in _CODE_INPUTS.items() if step.action == a), ())
    codes |= {("with", name): step.inputs.get(name, "") for name in known}
    for path, code in codes.items():
        for shown in dict.fromkeys(shown for shown, _ in expressions(code)):
            who = taint_of(shown, env)
            if who is Taint.NOBODY:
                continue
            whose = "anybody" if who is Taint.STRANGER else "who calls or pushes"
            said = f"{shown} is text of {whose}, and is put into code"
            severity = Severity.ERROR if who is Taint.STRANGER else Severity.WARNING
            yield Flaw(TEMPLATE_INJECTION, (*step.where, *path), said, shown, severity)


def _agents(workflow: Workflow, job: Job, step: Step, env: Mapping[str, Taint]) -> Iterator[Flaw]:
    for name, text in step.inputs.items():
        where = (*step.where, "with", name)
        if name in _OPENING and text.strip() == "*":
            yield Flaw(OPEN_AGENT, where, f"{name}: anybody may have the agent work", name)
        if _UNBOUND.search(text) or (name == "safety-strategy" and text == "unsafe"):
            yield Flaw(UNBOUNDED_AGENT, where, f"{name} takes the agent's guards away", name)
    for line in commands(step.run):
        if unbound := _UNBOUND.search(line):
            said = f"{unbound[0].strip()} takes the agent's guards away"
            yield Flaw(UNBOUNDED_AGENT, (*step.where, "run"), said, unbound[0].strip())
    texts = [("with", name, text) for name, text in step.inputs.items()]
    texts += [("env", name, text) for name, text in step.env.items() if step.run]
    writes = might_write(workflow, job, "contents", "pull-requests", "issues", "actions")
    for kind, name, text in texts:
        for shown, inside in expressions(text):
            if taint(inside, env) is Taint.STRANGER:
                said = f"{shown} is text of anybody, and told to an agent" + (
                    " whose token may write" if writes else ""
                )
                severity = Severity.ERROR if writes else Severity.WARNING
                yield Flaw(UNTRUSTED_PROMPT, (*step.where, kind, name), said, shown, severity)


def _to_runner(step: Step, env: Mapping[str, Taint]) -> Iterator[Flaw]:
    where = (*step.where, "run")
    for line in commands(step.run):
        file = _TO_RUNNER.search(line)
        fixed = _FIXED.search(line)
        if fixed and "GITHUB_" in step.run:
            said = f"a line {fixed[1]} in the value ends it, and what follows is set as well"
            yield Flaw(RUNNER_COMMANDS, where, said, line, Severity.WARNING)
        elif file:
            names = {n.lower() for n in re.findall(r"\$\{?([A-Za-z_]\w*)", line)}
            foreign = [n for n in names if env.get(n) is Taint.STRANGER]
            foreign += ["text"] if taint_of(line, env) is Taint.STRANGER else []
            if foreign:
                name = f"GITHUB_{file[1] or file[2]}"
                severity = Severity.WARNING if name == "GITHUB_OUTPUT" else Severity.ERROR
                said = f"text of anybody is written to {name}; a line end in it adds to the file"
                yield Flaw(RUNNER_COMMANDS, where, said, line, severity)


def _unsecure(workflow: Workflow) -> Iterator[Flaw]:
    places: list[tuple[Where, Mapping[str, str]]] = [(("env",), workflow.env)]
    places += [((*job.where, "env"), job.env) for job in workflow.jobs]
    places += [((*step.where, "env"), step.env) for _, step in parts.steps_of(workflow)]
    for where, env in places:
        if env.get(_UNSECURE, "").lower() == "true":
            said = "any line of the log may set variables and PATH"
            yield Flaw(RUNNER_COMMANDS, (*where, _UNSECURE), said, fix="Remove it.")
