"""Wires what carries out each kind of node."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hexci.compose import forge, node_checks
from hexci.compose.node_checks import at
from hexci.compose.state import bus_of, registry_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.config import Config
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.manifests.shelf import Scope
    from hexci.domain.run_result import RunResult
    from hexci.ports.cells import Cells
    from hexci.ports.doer import Doer, Done, Task
    from hexci.ports.gateway import Gateway
    from hexci.usecases.doers.ask_agent import MainJob
    from hexci.usecases.plan_task import TaskRequest

# The kinds that can be carried out; others are an error before anything starts.
DOERS = frozenset({
    "run", "agent", "gate", "analyze", "adr", "review", "comment", "pr", "publish", "wait",
    "foreach",
})  # fmt: skip
# Of these, the ones that need a forge in reach.
_AT_FORGE = frozenset({"comment", "pr"})


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the nodes of one run work with. `law`: the commit whose config rules, if another."""

    checkout: "Checkout"
    quarters: "Quarters"
    config: "Config"
    scope: "Scope"
    cells: "Cells"
    stack: ExitStack
    law: str = ""


def doable() -> frozenset[str]:
    """The kinds that can be carried out in this place."""
    return DOERS if forge.place() else DOERS - _AT_FORGE


def doers(shop: Workshop, context: "RunContext") -> "Mapping[str, Doer]":
    """What carries out each kind of node of a run."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.compose.evidence import build_sandbox
    from hexci.usecases.doers.ask_agent import ask_agent
    from hexci.usecases.doers.await_approval import await_approval
    from hexci.usecases.doers.following import Memory
    from hexci.usecases.doers.hunt_defects import hunt_defects
    from hexci.usecases.doers.open_pull import open_pull
    from hexci.usecases.doers.publish_topic import publish_topic
    from hexci.usecases.doers.run_command import run_command
    from hexci.usecases.doers.write_comment import write_comment

    clock = SystemClock()
    rooms = shop.quarters.rooms(context.base_commit)
    top = shop.checkout.top
    memory = Memory(registry_of(shop.checkout, shop.config), clock)
    return {
        "run": run_command(
            rooms=rooms, sandbox=lambda network: build_sandbox(top, network=network), clock=clock
        ),
        "agent": ask_agent(
            _main_job(shop),
            configured=lambda: _configured(shop),
            named=lambda name: _spec(name, shop),
            clock=clock,
        ),
        "gate": _gate,
        "analyze": lambda task: node_checks.analyze(task, memory),
        "adr": lambda task: node_checks.adr(task, memory),
        "review": hunt_defects(
            node_checks.reviewed, named=lambda name: _spec(name, shop), clock=clock, memory=memory
        ),
        "comment": write_comment(forge.forge_here, spoken=forge.spoken),
        "pr": open_pull(
            forge.forge_here, lambda: forge.origin_here(shop.quarters.vault), spoken=forge.spoken
        ),
        "publish": publish_topic(lambda: bus_of(shop.checkout)),
        "wait": await_approval(cells=shop.cells, clock=clock),
    }


def _main_job(shop: Workshop) -> "MainJob":
    from hexci.compose.main_job import do

    def run(
        request: "TaskRequest", base: str, law: "Gateway", grants: "Sequence[str]"
    ) -> "RunResult":
        return do(request, base, grants=grants, above=law, law=shop.law)

    return run


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
        lambda: gate.judge(request, at(base, commit), at(head, commit), None, as_json=True),
    )  # fmt: skip
    told = json.loads(document)
    outputs = {"tree": str(told.get("tree", "")), "reason": str(told.get("reason", ""))}
    return Done(Outcome(outcome), outputs, outputs["reason"], {"verdict.json": document.encode()})
