"""How nodes and pipelines end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome


class Status(StrEnum):
    """How a node stands at the end."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One node's end. `seconds` is of all attempts."""

    name: str
    status: Status
    outcome: Outcome
    outputs: Mapping[str, Json] = field(default_factory=dict)
    reason: str = ""
    seconds: float = 0.0
    attempts: int = 1
    handled: bool = False


@dataclass(frozen=True, slots=True)
class PipelineResult:
    """How a run of a pipeline ended."""

    outcome: Outcome
    nodes: tuple[NodeResult, ...]
    outputs: Mapping[str, Json] = field(default_factory=dict)
    reason: str = ""
    seconds: float = 0.0


def outcome_of(results: Sequence[NodeResult]) -> tuple[Outcome, str]:
    """The outcome of a whole run, and why.

    The first failure that nothing handled decides; then a wait; and a run in which every node
    was skipped is no success.
    """
    for result in results:
        if result.status is Status.FAILED and not result.handled:
            reason = result.reason.removeprefix(f"{result.name}: ")
            return result.outcome, f"{result.name}: {reason or result.outcome}"
    for status, outcome in ((Status.CANCELLED, Outcome.INFRA_ERROR),
                            (Status.SUSPENDED, Outcome.SUSPENDED)):  # fmt: skip
        found = next((r for r in results if r.status is status), None)
        if found is not None:
            return outcome, f"{found.name}: {found.reason}"
    if all(result.status is Status.SKIPPED for result in results):
        return Outcome.NO_CHANGE, "every node was skipped"
    return Outcome.OK, ""
