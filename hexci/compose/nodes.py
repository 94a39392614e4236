"""Wires what carries out each kind of node."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.canonical import Json
    from hexci.domain.config import Config
    from hexci.domain.finding import Report
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.manifests.shelf import Scope
    from hexci.domain.run_result import RunResult
    from hexci.ports.cells import Cells
    from hexci.ports.doer import Doer, Done, Task
    from hexci.usecases.plan_task import TaskRequest

# The kinds that can be carried out; others are an error before anything starts.
DOERS = frozenset({"run", "agent", "gate", "analyze", "adr", "wait", "foreach"})


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the nodes of one run work with."""

    checkout: "Checkout"
    quarters: "Quarters"
    config: "Config"
    scope: "Scope"
    cells: "Cells"
    stack: ExitStack


def doers(shop: Workshop, context: "RunContext") -> "Mapping[str, Doer]":
    """What carries out each kind of node of a run."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.compose.evidence import build_sandbox
    from hexci.usecases.doers.ask_agent import ask_agent
    from hexci.usecases.doers.await_approval import await_approval
    from hexci.usecases.doers.run_command import run_command

    clock = SystemClock()
    rooms = shop.quarters.rooms(context.base_commit)
    return {
        "run": run_command(rooms=rooms, sandbox=build_sandbox(shop.checkout.top), clock=clock),
        "agent": ask_agent(
            _main_job,
            configured=lambda: _configured(shop),
            named=lambda name: _spec(name, shop),
            clock=clock,
        ),
        "gate": _gate,
        "analyze": _analyze,
        "adr": _adr,
        "wait": await_approval(cells=shop.cells, clock=clock),
    }


def _main_job(request: "TaskRequest", base: str) -> "RunResult":
    from hexci.compose.main_job import do

    return do(request, base)


def _configured(shop: Workshop) -> tuple[str, ...]:
    from hexci.compose.candidates import reachable_candidates

    if shop.config.candidates:
        return shop.config.candidates
    return tuple(reach.spec for reach in reachable_candidates() if reach.spec)


def _spec(name: str, shop: Workshop) -> str:
    """The SPEC behind an adapter's name; a SPEC is its own."""
    adapter = shop.scope.adapters.get(name)
    return adapter.candidate if adapter else name


def _gate(task: "Task") -> "Done":
    from hexci.compose import gate, planning
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import AskedLimits, Mode
    from hexci.ports.doer import Done
    from hexci.usecases.doers.arguments import text

    seconds = task.gateway.left().seconds
    request = planning.request_from_argv(
        task="judge a change",
        evidence=text(task.arguments, "evidence") or None,
        mode=Mode(text(task.arguments, "mode")),
        candidates=("repair",),  # nobody is asked to change anything
        limits=AskedLimits(seconds),
    )
    base, head = text(task.arguments, "base"), text(task.arguments, "head")
    commit = task.context.base_commit
    outcome, document = task.gateway.perform(
        "spawn", "",
        lambda: gate.judge(request, _at(base, commit), _at(head, commit), None, as_json=True),
    )  # fmt: skip
    told = json.loads(document)
    outputs = {"tree": str(told.get("tree", "")), "reason": str(told.get("reason", ""))}
    return Done(Outcome(outcome), outputs, outputs["reason"], {"verdict.json": document.encode()})


def _analyze(task: "Task") -> "Done":
    from hexci.compose import boundaries
    from hexci.usecases.doers.arguments import text

    def judged() -> "Report":
        analyzer = boundaries.analyzer(".", task.context.base_commit)
        since = text(task.arguments, "since")
        before = boundaries.analyzer(".", f"{since}...") if since else None
        return analyzer.analyze(boundaries.today(), since=before).report

    return _reported(task.gateway.perform("fs.read", "", judged))


def _adr(task: "Task") -> "Done":
    from hexci.compose import ledger_judging
    from hexci.domain.outcome import Outcome
    from hexci.ports.doer import Done
    from hexci.usecases.doers.arguments import text

    commit = task.context.base_commit
    base = _at(text(task.arguments, "base"), commit)
    outcome, document = task.gateway.perform(
        "fs.read", "", lambda: ledger_judging.check(base, commit, "json")
    )
    found = [f"{f['path']}:{f['line']}: {f['rule']} {f['message']}"
             for f in json.loads(document)["findings"]]  # fmt: skip
    outputs: dict[str, Json] = {"findings": len(found), "messages": list(found)}
    return Done(Outcome(outcome), outputs, found[0] if found else "",
                {"report.json": document.encode()})  # fmt: skip


def _reported(report: "Report") -> "Done":
    from hexci.adapters.sinks.json_document import render
    from hexci.ports.doer import Done

    found = [f"{f.path}:{f.line}: {f.rule} {f.message}" for f in report.findings]
    outputs: dict[str, Json] = {"findings": len(found), "messages": list(found)}
    return Done(report.outcome, outputs, found[0] if found else "",
                {"report.json": render(report).encode("utf-8", "surrogatepass")})  # fmt: skip


def _at(ref: str, commit: str) -> str:
    """A ref in which HEAD means the run's commit, whatever has been committed since."""
    return (
        commit + ref.removeprefix("HEAD") if ref == "HEAD" or ref[:5] in {"HEAD^", "HEAD~"} else ref
    )
