"""Running programs with doers that tests make up."""

from collections.abc import Callable, Mapping

from hexci.adapters.machine.clock import SystemClock
from hexci.adapters.machine.pool import ThreadPool
from hexci.domain.canonical import Json
from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.context import RunContext
from hexci.domain.manifests.program import Program
from hexci.domain.manifests.results import NodeResult, PipelineResult
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Event
from hexci.ports.clock import Clock
from hexci.ports.doer import Doer, Done, Task
from hexci.ports.gateway import Denial
from hexci.usecases.enforce_law import LawGateway
from hexci.usecases.run_pipeline import Engine, run_pipeline

CONTEXT = RunContext("run-1", Event("e", "argv", "ada", "2026-01-02T03:04:05Z"), "b" * 40, "t" * 40,
                     "m.yaml#p", "sha256:0")  # fmt: skip


class Told:
    """A log in memory."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.denials: list[Denial] = []

    def started(self, node: str, attempt: int) -> None:
        self.lines.append(f"start {node} {attempt}")

    def ended(self, result: NodeResult, files: Mapping[str, bytes]) -> None:
        self.lines.append(f"end {result.name} {result.status}")

    def retried(self, node: str, attempt: int, outcome: Outcome, reason: str) -> None:
        self.lines.append(f"retry {node} {attempt} {outcome}")

    def denied(self, denial: Denial) -> None:
        self.denials.append(denial)


def ran(
    program: Program,
    act: Callable[[Task], Done] | None = None,
    *,
    inputs: Mapping[str, Json] | None = None,
    log: Told | None = None,
    clock: Clock | None = None,
    ceiling: Ceiling | None = None,
    finished: tuple[NodeResult, ...] = (),
    variables: Mapping[str, str] | None = None,
) -> PipelineResult:
    """Runs `program` with `act` for every kind of node."""
    told = log or Told()
    doer: Doer = act or (lambda task: Done(Outcome.OK, {"output": "", "exit_code": 0}))
    layers = (CapLayer("config", (Cap("spawn"), Cap("llm"), Cap("secret", "KEY"))), program.layer)
    engine = Engine(
        dict.fromkeys(("run", "agent", "gate", "wait"), doer), ThreadPool(program.concurrency),
        clock or SystemClock(), told, dict(variables or {}).get,
    )  # fmt: skip
    gateway = LawGateway(Authority(layers), ceiling or program.ceiling, denied=told.denied)
    return run_pipeline(
        program, inputs or {}, CONTEXT, engine=engine, gateway=gateway, finished=finished
    )


def statuses(result: PipelineResult) -> dict[str, str]:
    return {node.name: node.status.value for node in result.nodes}
