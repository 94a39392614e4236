"""How a pipeline ended, for a person and for a program."""

import json
from collections.abc import Sequence

from hexci.domain.canonical import Json, plain
from hexci.domain.manifests.results import NodeResult, PipelineResult, Status
from hexci.domain.outcome import Outcome

_MOST = 400


def as_document(run: str, pipeline: str, result: PipelineResult, notes: Sequence[str]) -> str:
    """One JSON document, one line end."""
    document: dict[str, Json] = {
        "run": run,
        "pipeline": pipeline,
        "outcome": result.outcome.value,
        "exit_code": result.outcome.exit_code,
        "reason": result.reason,
        "outputs": dict(result.outputs),
        "nodes": {node.name: plain(node) for node in result.nodes},
        "seconds": round(result.seconds, 3),
        "notes": list(notes),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def as_text(run: str, pipeline: str, result: PipelineResult, notes: Sequence[str]) -> str:
    """One line a node, the outputs, how it ended, what to do next."""
    width = max((len(node.name) for node in result.nodes), default=0)
    lines = [node_line(node, width) for node in result.nodes]
    lines += [f"  {name} = {short(value)}" for name, value in sorted(result.outputs.items())]
    lines += [f"  note: {note}" for note in notes]
    reason = f": {result.reason}" if result.reason else ""
    lines.append(f"{result.outcome}: pipeline {pipeline}{reason}")
    lines.append(f"  record: hexci show {run}")
    if result.outcome is Outcome.SUSPENDED:
        waiting = next(n.name for n in result.nodes if n.status is Status.SUSPENDED)
        lines.append(f"  go on: hexci run --resume {run} --approve {waiting}")
    return "\n".join(lines) + "\n"


def node_line(node: NodeResult, width: int) -> str:
    """One node, its name padded to `width` characters."""
    tries = f" after {node.attempts} tries" if node.attempts > 1 else ""
    # the whole reason of a failed node; a skipped one is told in a word
    reason = node.reason if node.status is not Status.OK else ""
    ended = node.outcome if node.status in {Status.OK, Status.FAILED} else node.status
    said = f"  {node.name:{width}}  {ended:16} {node.seconds:6.1f} s{tries}  {reason[:_MOST]}"
    return said.rstrip()


def short(value: Json) -> str:
    """A value on one line, cut where it is long."""
    text = value.rstrip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
