"""The node kind `agent`: the main job, under the law of its node."""

from collections.abc import Callable, Sequence

from hexci.domain.law.caps import Authority
from hexci.domain.plan import AskedLimits, Event, Mode, PathRules
from hexci.domain.run_result import RunResult
from hexci.errors import BadInputError, DeadlineError, DeniedError
from hexci.ports.clock import Clock
from hexci.ports.doer import Done, Task
from hexci.ports.gateway import Gateway
from hexci.usecases.doers.arguments import flag, number, text, words
from hexci.usecases.doers.candidates import MODEL_FREE, allowed_candidates
from hexci.usecases.plan_task import TaskRequest

# Runs a request from a base, below a law, with grants for `cmd:` candidates; the main job.
MainJob = Callable[[TaskRequest, str, Gateway, Sequence[str]], RunResult]


def ask_agent(
    main_job: MainJob,
    *,
    configured: Callable[[], Sequence[str]],
    named: Callable[[str], str],
    clock: Clock,
) -> Callable[[Task], Done]:
    """What carries out `agent` nodes.

    `configured` gives the SPECs that are tried when a node names none; `named` the SPEC behind
    the name of an adapter (or the SPEC itself).
    """

    def carry_out(task: Task) -> Done:
        request = _request(task, configured, named, clock)
        base = text(task.arguments, "base")
        base = task.context.base_commit if base == "HEAD" else base
        if not request.dry_run:
            task.gateway.require("git.commit")
        grants = words(task.arguments, "grant")
        # what it uses is set aside and settled call by call, so that agents can share a limit
        result = task.gateway.perform(
            "spawn", "", lambda: main_job(request, base, task.gateway, grants)
        )
        return _done(result)

    return carry_out


def _request(
    task: Task, configured: Callable[[], Sequence[str]], named: Callable[[str], str], clock: Clock
) -> TaskRequest:
    arguments, left = task.arguments, task.gateway.left()
    seconds = task.deadline - clock.monotonic()
    if seconds <= 0:
        raise DeadlineError("no time is left to start")
    event, run = task.context.event, task.context.run
    mode = text(arguments, "mode") or "fix"
    if mode not in set(Mode):
        raise BadInputError(f"mode is fix, feature or refactor, not {mode!r}")
    return TaskRequest(
        task=text(arguments, "task"),
        # its own event, so that each node of each attempt has a run of its own
        event=Event(f"{run}/{task.node}/{task.context.attempt}", event.kind, event.actor,
                    clock.now()),
        evidence=text(arguments, "evidence") or None,
        mode=Mode(mode),
        files=words(arguments, "files"),
        candidates=_candidates(task, configured, named),
        allow_edit=words(arguments, "allow_edit"),
        protect=words(arguments, "protect"),
        limits=AskedLimits(
            None if seconds == float("inf") else min(seconds, 21_600.0),
            number(arguments, "max_steps"), left.usd, _count(left.tokens), _count(left.calls),
        ),
        law=write_rules(task.gateway.authority),
        dry_run=flag(arguments, "dry_run"),
        seed=number(arguments, "seed") or 0,
    )  # fmt: skip


def _count(left: int | None) -> int | None:
    """A limit of which nothing is left means that no call can be made: one token, one call."""
    return None if left is None else max(1, left)


def _candidates(
    task: Task, configured: Callable[[], Sequence[str]], named: Callable[[str], str]
) -> tuple[str, ...]:
    asked = allowed_candidates(task, named)
    if asked:
        return asked
    allowed = []
    for spec in configured():
        try:
            if not spec.startswith(MODEL_FREE):
                task.gateway.require("llm", spec)
        except DeniedError:
            continue  # it is in the record as denied; the others may still try
        allowed.append(spec)
    if not allowed:
        raise DeniedError("no candidate that could try is allowed", "Grant llm:SPEC.")
    return tuple(allowed)


def write_rules(authority: Authority) -> PathRules:
    """What `fs.write` allows of paths, as rules for the gate: each layer narrows."""
    groups, denied = [], []
    granted = False
    for layer in authority.layers:
        denied += [cap.scope or "**" for cap in layer.deny if cap.verb == "fs.write"]
        if layer.allow is None:
            continue
        scopes = [cap.scope or "**" for cap in layer.allow if cap.verb == "fs.write"]
        if not scopes:
            raise DeniedError(f"fs.write is not among what {layer.origin} allows",
                              "Where it is meant to, grant it: caps: [fs.write]")  # fmt: skip
        granted = True
        if "**" not in scopes:
            groups.append(tuple(scopes))
    if not granted:
        raise DeniedError("fs.write was never granted", "Grant it: caps: [fs.write]")
    return PathRules(tuple(groups), tuple(denied))


def _done(result: RunResult) -> Done:
    outputs = {
        "run": result.run,
        "branch": result.branch,
        "commit": result.commit,
        "candidate": result.candidate,
        "tree": result.verdict.tree if result.verdict else "",
        "reason": result.reason,
    }
    return Done(result.outcome, outputs, result.reason, {"patch.diff": result.patch})
