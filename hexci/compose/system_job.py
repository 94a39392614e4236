"""Wires one process of a system as a job of a workflow: what was piped in, run, handed on."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose import forge
from hexci.compose.delivered import delivery_of
from hexci.compose.governing import allowed
from hexci.compose.law import law_of
from hexci.compose.planning import config_at
from hexci.compose.system_handing import handed_on, piped_in, push_record
from hexci.compose.systems import EndedSystem, LoadedSystem, Processes, ended_as, system_at

if TYPE_CHECKING:
    from hexci.adapters.machine.job import SystemPart, WorkflowJob
    from hexci.domain.asking.delivery import Delivery
    from hexci.domain.canonical import Json
    from hexci.domain.config import Config
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.manifests.program import Step
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Trust
    from hexci.ports.doer import Done
    from hexci.usecases.enforce_law import LawGateway


@dataclass(frozen=True, slots=True)
class _Told:
    """What the job says: text for log and summary, outputs for the jobs after it."""

    outcome: "Outcome"
    text: str
    outputs: Mapping[str, str] = field(default_factory=dict)


def handle_process(job: "WorkflowJob", part: "SystemPart") -> "Outcome":
    """Runs the process that the job is for; writes log, summary, outputs and handed files."""
    from hexci.adapters.sinks.outputs import write_outputs
    from hexci.adapters.sinks.quiet_runner import quiet_runner
    from hexci.compose.boundaries import append_text
    from hexci.domain.outcome import Outcome
    from hexci.domain.redaction import Redactor
    from hexci.errors import HexciError

    # nodes that speak or propose find the forge; the token leaves the environment again at once
    os.environ["GITHUB_TOKEN"] = job.token
    forge.place()
    redact = Redactor(job.secrets)
    # whatever an agent makes us print, no line of it is a command to the runner
    with quiet_runner(sys.stdout):
        try:
            told = _processed(job, part)
        except HexciError as error:
            told = _Told(Outcome(error.outcome), f"{part.process}: {error}\n")
        text = redact(told.text)
        sys.stdout.write(text)
    if job.summary:
        fenced = text.replace("```", "'''")
        append_text(str(job.summary), f"### {part.system} / {part.process}\n\n```\n{fenced}```\n")
    if job.output:
        reason = "" if told.outcome.happened else text.strip()[:1_000]
        said = {"handled": "true", "outcome": told.outcome.value, "reason": reason}
        write_outputs(job.output, {**said, "pipes": "", "handed": "false", **told.outputs})
    if not told.outcome.happened:
        sys.stdout.write(f"::error title=hexci::{part.process}: {told.outcome}\n")
    return told.outcome


def _processed(job: "WorkflowJob", part: "SystemPart") -> _Told:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.manifests.triggers import is_strangers
    from hexci.domain.plan import Event, Trust
    from hexci.domain.redaction import Redactor
    from hexci.usecases.compile_system import step_arguments
    from hexci.usecases.plan_workflow import plan_workflow

    delivery = delivery_of(job)
    checkout = Checkout.at(Path.cwd())
    change = delivery.change if delivery.name == "pull_request" else None
    law = checkout.resolve(change.base_sha if change else "HEAD")
    head = checkout.resolve(change.head_sha if change else "HEAD")
    with quarters_for(checkout) as quarters:
        found = system_at(quarters, law, part.manifest, part.system)
        step, config = _step(found, part), config_at(quarters, law)
        planned = plan_workflow(found.system, found.shelf, config.caps).job(part.process)
        redact = Redactor((*job.secrets, *(os.environ.get(name, "") for name in planned.secrets)))
        arguments = step_arguments(step, piped_in(found, part, job), part.item)
        trust = _trust(delivery, job)
        actor = delivery.sender.login if delivery.sender else "github"
        context = RunContext(
            f"workflow-{job.run}", Event(delivery.key, delivery.name, actor, delivery.at), head,
            quarters.vault.tree_of(head), f"{found.manifest}#{found.system.name}",
            found.program.digest, job.attempt, trust=trust,
        )  # fmt: skip
        if trust is not Trust.UNTRUSTED:  # strangers are held by the law below, and may only look
            known = not is_strangers(delivery.name)
            allowed("run", context.manifest, law, config, checkout, actor=actor, by_event=known)
        gateway = _law(found, step, config, trust)
        processes = Processes(found, context, checkout, law)
        done, ended = _ran(processes, step, part, arguments, context, gateway)
        outputs = handed_on(found, part, done, job, redact) if done.outcome.happened else {}
        kept = planned.permissions["contents"] == "write"
        if kept:
            push_record(ended, job, quarters)
    where = "pushed" if kept else "kept in this log: no capability of the process lets it push"
    text = redact(f"{ended_as(ended, as_json=False)}  {where}\n")
    return _Told(done.outcome, text, {**outputs, "session": ended.run})


def _step(found: LoadedSystem, part: "SystemPart") -> "Step":
    from hexci.errors import BadInputError

    step = next((step for step in found.program.steps if step.name == part.process), None)
    if step is None or (step.each is None) != (part.item is None):
        raise BadInputError(
            f"{found.manifest} has no process {part.process!r} of this form",
            "Write the workflow anew: hexci system compile",
        )
    return step


def _law(found: LoadedSystem, step: "Step", config: "Config", trust: "Trust") -> "LawGateway":
    """The law of the process; what it is denied is told to its own record."""
    from hexci.domain.law.limits import Ceiling
    from hexci.usecases.judge_event import layer_for

    root = law_of(found.program, config, lambda _: None)
    judged = root.child("", layer_for(trust), Ceiling())
    return judged.child(step.name, step.layer, step.ceiling)


def _ran(  # noqa: PLR0913, PLR0917 - one process's parts
    processes: Processes,
    step: "Step",
    part: "SystemPart",
    arguments: "Mapping[str, Json]",
    context: "RunContext",
    gateway: "LawGateway",
) -> "tuple[Done, EndedSystem]":
    from hexci.adapters.machine.clock import SystemClock
    from hexci.domain.manifests.results import NodeResult, PipelineResult, Status
    from hexci.ports.doer import Task

    node = step.name if part.item is None else f"{step.name}[{part.item}]"
    clock = SystemClock()
    began = clock.monotonic()
    deadline = began + (step.ceiling.seconds or 0.0)
    done = processes.carry_out(Task(node, arguments, context, gateway, deadline, lambda: False))
    status = Status.OK if done.outcome.happened else Status.FAILED
    seconds = clock.monotonic() - began
    result = NodeResult(node, status, done.outcome, done.outputs, done.reason, seconds)
    whole = PipelineResult(done.outcome, (result,), {}, done.reason, seconds)
    run = processes.begun[node].run
    return done, EndedSystem(run, f"{part.system}/{node}", whole, processes.begun)


def _trust(delivery: "Delivery", job: "WorkflowJob") -> "Trust":
    from hexci.adapters.machine.clock import SystemClock
    from hexci.usecases.judge_event import trust_in

    people = forge.github(job.api, job.token, job.repository, job.account, SystemClock())
    return trust_in(delivery, people=people)
