"""What the kernel costs by itself: a node, reading one, asking the law; in CPU time."""

import json
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hexci.domain.manifests.program import Program
    from hexci.ports.doer import Done, Task
    from hexci.usecases.enforce_law import LawGateway

_LAW_CALLS = 20_000


def print_figures(nodes: int, repeats: int) -> None:
    """Prints one JSON object: microseconds a node of chain, fan and compile, and of a law check.

    Each is the least of `repeats` measurements, after one that is not counted.
    """
    texts = {shape: _manifest(shape, nodes) for shape in ("chain", "fan")}
    programs = {shape: _compiled(text) for shape, text in texts.items()}
    told = {
        shape: _least(lambda p=program: _run(p), repeats, nodes)  # type: ignore[misc]
        for shape, program in programs.items()
    }
    told["compile"] = _least(lambda: _compiled(texts["chain"]), repeats, nodes)
    gateway = _gateway(programs["chain"]).child("n", None, programs["chain"].ceiling)
    told["law"] = _least(lambda: _ask(gateway), repeats, _LAW_CALLS)
    told["call"] = _least(_call, repeats, _LAW_CALLS)
    sys.stdout.write(json.dumps(told) + "\n")


def _least(work: "Callable[[], object]", repeats: int, parts: int) -> float:
    work()
    taken = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) / parts * 1e6)
    return min(taken)


def _manifest(shape: str, nodes: int) -> bytes:
    lines = ["kind: Pipeline", "metadata: {name: bench}", "spec:", "  caps: [spawn]", "  nodes:"]
    for number in range(nodes):
        need = f"n{number - 1}" if shape == "chain" else "n0"
        needs = f", needs: [{need}]" if number else ""
        lines.append(f"    n{number}: {{run: {{argv: ['true']}}{needs}}}")
    return "\n".join(lines).encode()


def _compiled(text: bytes) -> "Program":
    from hexci.adapters.manifests.library import load
    from hexci.usecases.compile_pipeline import compile_pipeline

    shelf = load({"m.yaml": text}, lambda _: None, {}).shelf
    program, faults = compile_pipeline(shelf.pipelines("m.yaml")[0], shelf.scope("m.yaml"))
    assert program is not None, faults  # noqa: S101 - it is our own
    return program


def _run(program: "Program") -> None:
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.pool import ThreadPool
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Event
    from hexci.ports.doer import Done
    from hexci.usecases.run_pipeline import Engine, run_pipeline

    done = Done(Outcome.OK, {"output": "1"})

    def trivial(task: "Task") -> "Done":
        task.gateway.require("spawn")
        return done

    event = Event("e", "bench", "bench", "2026-01-01T00:00:00Z")
    context = RunContext("r", event, "b", "t", "m.yaml#bench", "d")
    engine = Engine({"run": trivial}, ThreadPool(4), SystemClock(), _Silent())
    result = run_pipeline(program, {}, context, engine=engine, gateway=_gateway(program))
    assert result.outcome is Outcome.OK  # noqa: S101


class _Silent:
    """Port RunLog: nothing is written, as with the peer."""

    def started(self, *_: object) -> None: ...
    def ended(self, *_: object) -> None: ...
    def retried(self, *_: object) -> None: ...
    def denied(self, *_: object) -> None: ...


def _gateway(program: "Program") -> "LawGateway":
    from hexci.domain.law.caps import Authority
    from hexci.domain.law.limits import Ceiling
    from hexci.usecases.enforce_law import root_gateway

    return root_gateway(Authority((program.layer,)), Ceiling(calls=10**9), lambda _: None)


def _nothing() -> None:
    return None


def _ask(gateway: "LawGateway") -> None:
    for _ in range(_LAW_CALLS):
        gateway.perform("spawn", "", _nothing)


def _call() -> None:
    for _ in range(_LAW_CALLS):
        _nothing()
