"""A pipeline that moves an entity: the nodes first, the move after, and only when all went well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from hexci.domain.canonical import Json
from hexci.domain.machine import Move
from hexci.domain.manifests.context import RunContext
from hexci.domain.manifests.pipeline import Transition
from hexci.domain.manifests.results import PipelineResult
from hexci.domain.manifests.templates import Reference, compiled, resolved
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError, ConflictError
from hexci.ports.clock import Clock
from hexci.ports.gateway import Gateway
from hexci.usecases.move_entity import Registry, check_move, entity_name, move_entity


@dataclass(frozen=True, slots=True)
class Affair:
    """What a run is about: its transition (None: nothing), its inputs, who it is."""

    transition: Transition | None
    inputs: Mapping[str, Json]
    context: RunContext


def transact(
    affair: Affair, run: Callable[[], PipelineResult], *, registry: Registry, law: Gateway,
    clock: Clock,
) -> PipelineResult:  # fmt: skip
    """The result of `run`, with the entity moved after it when it ended well.

    Raises ConflictError before anything begins where the entity's state does not lead there. A
    run that fails or waits leaves the entity as it is; where it was moved by somebody else in the
    meantime the result is a conflict that says what is owed.
    """
    transition, context = affair.transition, affair.context
    if transition is None:
        return run()
    name = _name(transition, affair)
    law.require("state", entity_name(transition.kind, name))
    actor, why = context.event.actor, f"pipeline {context.manifest.rpartition('#')[2]}"
    move = Move(transition.to, actor, clock.now(), why, context.run)
    check_move(transition.kind, name, move, registry)
    result = run()
    if not result.outcome.happened or result.outcome is Outcome.SUSPENDED:
        return result
    try:
        move_entity(transition.kind, name, replace(move, at=clock.now()), registry)
    except ConflictError as error:
        said = f"every node ended well, but {transition.to} is still owed: {error.message}"
        return replace(result, outcome=Outcome.CONFLICT, reason=said)
    return result


def _name(transition: Transition, affair: Affair) -> str:
    def lookup(reference: Reference) -> Json:
        first, *rest = reference.parts
        return affair.inputs.get(rest[0]) if first == "inputs" else affair.context.fact(rest[0])

    name = resolved(compiled(transition.id), lookup)
    if not isinstance(name, str | int) or not str(name):
        raise BadInputError(f"{transition.id} names no entity: it is {name!r}")
    return str(name)
