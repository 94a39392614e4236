"""Makes the candidates of a plan, and finds those that are in reach."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.evidence import build_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.law.caps import Cap
    from hexci.domain.plan import Plan
    from hexci.domain.reach import Reach
    from hexci.ports.candidate import Candidate
    from hexci.ports.gateway import Denial, Gateway
    from hexci.ports.model import ChatModel
    from hexci.ports.shelf import Shelf
    from hexci.usecases.agent_table import Desk
    from hexci.usecases.hearing import Bench
    from hexci.usecases.metered_model import MeteredModel, Purse


@dataclass(frozen=True, slots=True)
class Charter:
    """The law for the candidates of a run, and what was granted to `cmd:` beside the room."""

    gateway: "Gateway"
    granted: "tuple[Cap, ...]" = ()


@dataclass(frozen=True, slots=True)
class Tape:
    """Where replies of models are kept (`record`) or taken from (`replay`), if anywhere."""

    record: str | None = None
    replay: str | None = None


def build_candidates(
    plan: "Plan", checkout: Path | None, quarters: "Quarters", bench: "Bench", models: "Models"
) -> "Sequence[Candidate]":
    """The candidates of the plan, in order.

    Raises BadInputError for a SPEC that is none of the forms.
    """
    from functools import cache

    desk = cache(lambda: build_desk(plan, checkout, quarters, bench, models))
    return tuple(
        build_candidate(spec, plan, checkout, quarters, bench, models, desk)
        for spec in plan.candidates
    )


def build_candidate(  # noqa: PLR0913, PLR0917
    spec: str,
    plan: "Plan",
    checkout: Path | None,
    quarters: "Quarters",
    bench: "Bench",
    models: "Models",
    desk: "Callable[[], Desk]",
    who: str = "",
    law: "Gateway | None" = None,
) -> "Candidate":
    """The one candidate that `spec` names; `who` it is in a debate, under its own `law`."""
    from hexci.errors import BadInputError

    if spec == "repair":
        return build_repair(plan, checkout, quarters, bench)
    if spec.startswith("cmd:"):
        from hexci.adapters.command.agent import Rights, command_agent

        granted = models.charter.granted
        sandbox = build_sandbox(checkout, network=any(cap.verb == "net" for cap in granted))
        rights = Rights(models.charter.gateway, granted)
        return command_agent(spec.removeprefix("cmd:"), sandbox, rights)
    found = models.candidate(spec, desk, who, law)
    if found is not None:
        return found
    raise BadInputError(
        f"--candidate {spec!r} is none that hexci knows",
        "One of: repair, local[:GGUF], openai/MODEL, ollama/MODEL, anthropic/MODEL, "
        "claude-code[/MODEL], cmd:ARGV",
    )


class Models:
    """Makes the models of one run: one purse, one price list, one tape for all of them.

    With a `shelf` every reply is kept in the run's record, and taken from there when the run is
    taken up again.
    """

    def __init__(
        self, plan: "Plan", tape: Tape, charter: Charter, purse: "Purse | None" = None
    ) -> None:
        from hexci.domain.agent.budget import Ceilings
        from hexci.usecases.metered_model import Purse

        limits = plan.limits
        self._chats: dict[str, ChatModel | None] = {}
        self.shelf: Shelf | None = None
        own = Ceilings(limits.max_usd, limits.max_tokens, limits.max_calls)
        self.purse = purse or Purse(own)
        self.tape = tape
        self.charter = charter
        self.closing = ExitStack()

    def candidate(
        self, spec: str, desk: "Callable[[], Desk]", who: str = "", law: "Gateway | None" = None
    ) -> "Candidate | None":
        """The model or agent that `spec` names; None for a SPEC of another kind."""
        from hexci.adapters.machine.clock import SystemClock

        if spec.partition("/")[0] == "claude-code":
            from hexci.adapters.models.claude_cli import ClaudeCli
            from hexci.adapters.models.specs import host_of
            from hexci.usecases.delegate_task import DelegateCandidate

            delegate = ClaudeCli(spec)
            return DelegateCandidate(delegate, desk(), SystemClock(), self.purse, host_of(spec))
        model = self.metered(spec, who, law)
        if model is None:
            return None
        from hexci.usecases.agent_loop import AgentCandidate

        return AgentCandidate(model, desk(), SystemClock())

    def metered(
        self, spec: str, who: str = "", law: "Gateway | None" = None
    ) -> "MeteredModel | None":
        """The model behind the purse; None for a SPEC of another kind.

        `who` is the agent that asks it, under its own `law` where it has one.
        """
        import random
        import time

        from hexci.adapters.machine.clock import SystemClock
        from hexci.adapters.models.prices import price_list
        from hexci.adapters.models.specs import host_of
        from hexci.usecases.metered_model import MeteredModel, Waiting

        model = self._model(spec)
        if model is None:
            return None
        if self.shelf is not None:
            from hexci.adapters.models.remembering import Remembering

            model = Remembering(model, self.shelf, who or spec)
        waiting = Waiting(SystemClock(), time.sleep, random.random)
        # what was recorded is played without reaching anybody
        host = "" if self.tape.replay is not None else host_of(spec)
        return MeteredModel(
            model, price_list().of(spec), self.purse, waiting, law or self.charter.gateway, host
        )

    def _model(self, spec: str) -> "ChatModel | None":
        """One of each: a local model is loaded once for all who ask it."""
        if spec not in self._chats:
            self._chats[spec] = self._made(spec)
        return self._chats[spec]

    def _made(self, spec: str) -> "ChatModel | None":
        from hexci.adapters.models.local_chat import LocalChat
        from hexci.adapters.models.specs import chat_model, is_model

        if not is_model(spec):
            return None
        from hexci.adapters.models.cassette import Player, Recorder

        if self.tape.replay is not None:
            return Player(spec, Path(self.tape.replay))
        model = chat_model(spec)
        if isinstance(model, LocalChat):
            self.closing.callback(model.close)
        return Recorder(model, Path(self.tape.record)) if self.tape.record else model


def build_desk(
    plan: "Plan", checkout: Path | None, quarters: "Quarters", bench: "Bench", models: "Models"
) -> "Desk":
    """What the tools of an agent need."""
    import os

    from hexci.adapters.forkserver.executor import ForkServerExecutor
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.models import sight_tape
    from hexci.compose.ledger_reading import cards_for
    from hexci.usecases.agent_table import Desk, Sight
    from hexci.usecases.trace_failure import FailureTrace

    slots = min(8, os.cpu_count() or 1)
    executors = (ForkServerExecutor(build_sandbox(checkout), slots),)
    look: sight_tape.Look = FailureTrace(
        bench.objects, bench.rooms, executors, SystemClock()
    ).places
    if models.shelf is not None:
        look = sight_tape.shelved(look, models.shelf)
    if models.tape.record:
        look = sight_tape.recorded(look, Path(models.tape.record))
    if models.tape.replay:
        look = sight_tape.replayed(look, Path(models.tape.replay))
    sight = Sight(
        ran=look,
        cards=lambda paths: cards_for(checkout, plan.base_commit, paths) if checkout else "",
    )
    return Desk(quarters.vault, quarters.vault, bench.runner, models.charter.gateway, sight)


def charter_of(
    plan: "Plan",
    granted: "Sequence[str]",
    denied: "Callable[[Denial], None]",
    above: "Gateway | None" = None,
) -> Charter:
    """What the candidates of `plan` may do: below `above`, where there is a law above.

    To ask the models that were named, use their tools, propose edits, and what a person `granted`
    (`net`, `secret:NAME`). Raises BadInputError for a grant that is none of these.
    """
    from hexci.adapters.models.specs import host_of
    from hexci.domain.agent.tools import NAMES
    from hexci.domain.law.caps import Authority, Cap, CapLayer
    from hexci.domain.law.grants import grants
    from hexci.domain.law.limits import Ceiling
    from hexci.usecases.enforce_law import root_gateway

    more = grants(granted)
    allow = (
        *(Cap("llm", spec) for spec in plan.candidates),
        *(Cap("net", host) for host in sorted({host_of(spec) for spec in plan.candidates} - {""})),
        *(Cap("tool", name) for name in sorted(NAMES)),
        Cap("fs.read"), Cap("fs.write"), Cap("spawn"), *more,
    )  # fmt: skip
    layer = CapLayer("hexci do", allow)
    limits = plan.limits
    ceiling = Ceiling(
        tool_calls=limits.max_tool_calls, files=limits.max_files, lines=limits.max_lines,
        origin="the run",
    )  # fmt: skip
    if above is not None:
        return Charter(above.child("", layer, ceiling, denied), more)
    return Charter(root_gateway(Authority((layer,)), ceiling, denied), more)


def reachable_candidates() -> "tuple[Reach, ...]":
    """Who could work here without being named, in order, and why not where not."""
    from hexci.adapters.models.reach import reachable_models
    from hexci.domain.reach import Reach

    return (Reach("repair", "built in"), *reachable_models())


def build_repair(
    plan: "Plan", checkout: Path | None, quarters: "Quarters", bench: "Bench"
) -> "Candidate":
    """The model-free candidate: in a fork server where it can, by the evidence command else."""
    import os

    from hexci.adapters.forkserver.executor import ForkServerExecutor
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.treesitter.lazily import LazyTrees
    from hexci.usecases.repair_by_evidence import EvidenceExecutor
    from hexci.usecases.repair_code import RepairCandidate

    slots = min(8, os.cpu_count() or 1)
    executors = (
        ForkServerExecutor(build_sandbox(checkout), slots),
        EvidenceExecutor(bench.rooms, bench.runner, plan.base_tree, slots, quarters.vault),
    )
    return RepairCandidate(
        bench.rooms, executors, SystemClock(), quarters.vault, LazyTrees(), quarters.vault
    )
