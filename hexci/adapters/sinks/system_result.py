"""How a run of a system ended, for a person and for a program."""

import json
from collections.abc import Mapping, Sequence

from hexci.adapters.sinks.pipeline_result import node_line, short
from hexci.domain.canonical import Json
from hexci.domain.manifests.results import NodeResult, PipelineResult
from hexci.domain.manifests.system import ProcessRun


def as_document(
    run: str, system: str, result: PipelineResult, begun: Mapping[str, ProcessRun],
    notes: Sequence[str],
) -> str:  # fmt: skip
    """One JSON document, one line end. `order` is that in which the processes were begun."""
    document: dict[str, Json] = {
        "run": run,
        "system": system,
        "outcome": result.outcome.value,
        "exit_code": result.outcome.exit_code,
        "reason": result.reason,
        "order": list(begun),
        "processes": {node.name: _process(node, begun) for node in result.nodes},
        "seconds": round(result.seconds, 3),
        "notes": list(notes),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def as_text(
    run: str, system: str, result: PipelineResult, begun: Mapping[str, ProcessRun],
    notes: Sequence[str],
) -> str:  # fmt: skip
    """One line a process, what went in and came out, how it ended."""
    width = max((len(node.name) for node in result.nodes), default=0)
    lines = []
    for node in result.nodes:
        lines.append(node_line(node, width))
        for name, one in _runs_of(node, begun).items():
            item = name.removeprefix(node.name)
            lines += [f"      {key}{item} <- {short(value)}" for key, value in one.given.items()]
        lines += [f"      {key} = {short(value)}" for key, value in sorted(node.outputs.items())]
    lines += [f"  note: {note}" for note in notes]
    reason = f": {result.reason}" if result.reason else ""
    lines.append(f"{result.outcome}: system {system}{reason}")
    lines.append(f"  record: hexci show {run}")
    return "\n".join(lines) + "\n"


def _process(node: NodeResult, begun: Mapping[str, ProcessRun]) -> Json:
    runs: list[Json] = [
        {"run": one.run, "given": dict(one.given)} for one in _runs_of(node, begun).values()
    ]
    return {
        "status": node.status.value,
        "outcome": node.outcome.value,
        "reason": node.reason,
        "runs": runs,
        "outputs": dict(node.outputs),
        "seconds": round(node.seconds, 3),
    }


def _runs_of(node: NodeResult, begun: Mapping[str, ProcessRun]) -> dict[str, ProcessRun]:
    """The runs of a process: one, or one an item (`name[0]`, …)."""
    return {
        name: one
        for name, one in begun.items()
        if name == node.name or name.startswith(f"{node.name}[")
    }
