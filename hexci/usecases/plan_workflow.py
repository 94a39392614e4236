"""A system as jobs: permissions, secrets and time follow from capabilities and limits."""

import math
import re
from collections.abc import Collection

from hexci.domain.law.caps import Authority, Cap, CapLayer, permissions_of
from hexci.domain.manifests.pipeline import Pipeline
from hexci.domain.manifests.program import Program
from hexci.domain.manifests.shelf import Shelf
from hexci.domain.manifests.system import Process, System
from hexci.domain.workflow import Job, Workflow
from hexci.errors import BadInputError
from hexci.usecases.check_system import needs_of, pipeline_of, process_order
from hexci.usecases.compile_pipeline import compile_pipeline
from hexci.usecases.compile_system import seconds_of

# Minutes of a job that are not the process's: checking out, installing, handing over.
_MARGIN = 10
# What the platform lets one job take.
_LONGEST = 360
# Kinds of nodes that look at commits before the one that is checked out.
_HISTORY = frozenset({"adr", "agent", "analyze", "gate", "review"})
# Names that a repository can give a secret; those of the platform are not ours to hand on.
_SECRET = re.compile(r"(?!GITHUB_|ACTIONS_|RUNNER_|HEXCI_)[A-Z_][A-Z0-9_]*")


def plan_workflow(system: System, shelf: Shelf, config: CapLayer | None) -> Workflow:
    """The workflow of a system without faults; `config`: what the repository allows at most.

    Raises BadInputError for a secret that no job can be given.
    """
    giving = {pipe.giver for pipe in system.pipes}
    jobs = tuple(_job(p, system, shelf, config, giving) for p in process_order(system))
    return Workflow(system.name, system.origin.file, system.start, jobs)


def _job(
    process: Process, system: System, shelf: Shelf, config: CapLayer | None,
    giving: Collection[str],
) -> Job:  # fmt: skip
    pipeline = pipeline_of(process, shelf)
    assert pipeline is not None  # noqa: S101 - the system is without faults
    program, _ = compile_pipeline(pipeline, shelf.scope(pipeline.origin.file))
    caps = held_caps(pipeline, (config, system.caps, process.caps))
    needs = needs_of(system, process.name)
    piped = {pipe.giver for pipe in system.pipes if pipe.taker == process.name}
    minutes = math.ceil(seconds_of(process, system, shelf) / 60) + _MARGIN
    return Job(
        process.name,
        needs,
        tuple(name for name in needs if name in piped),
        process.name in giving,
        _permissions(caps),
        _secrets(caps, process),
        min(minutes, _LONGEST),
        len(process.each or ()),
        _looks_back(system, program),
    )


def held_caps(pipeline: Pipeline, above: Collection[CapLayer | None]) -> tuple[Cap, ...]:
    """What a pipeline can really use: each capability that some scope of is left by all layers."""
    layers = tuple(layer for layer in above if layer is not None)
    authority = Authority((*layers, pipeline.caps))
    return tuple(cap for cap in pipeline.caps.allow or () if _held(cap, layers, authority))


def _held(cap: Cap, layers: tuple[CapLayer, ...], authority: Authority) -> bool:
    if cap.verb == "secret":
        return authority.permits(cap.verb, cap.scope)
    # scopes of two layers may overlap though neither covers the other: the verb decides
    return all(
        (layer.allow is None or any(other.verb == cap.verb for other in layer.allow))
        and not any(denied == Cap(cap.verb) or denied == cap for denied in layer.deny)
        for layer in layers
    )


def _permissions(caps: Collection[Cap]) -> dict[str, str]:
    found = {"contents": "read"}
    for permission in permissions_of(caps):
        scope, _, access = permission.partition(": ")
        found[scope] = access
    return dict(sorted(found.items()))


def _secrets(caps: Collection[Cap], process: Process) -> tuple[str, ...]:
    names = sorted({cap.scope for cap in caps if cap.verb == "secret"})
    for name in names:
        if not _SECRET.fullmatch(name):
            raise BadInputError(
                f"{process.name}: no job can be given the secret {name!r}",
                "Name it in capitals, digits and underscores, and not as the platform does.",
            )
    return tuple(names)


def _looks_back(system: System, program: Program | None) -> bool:
    """Whether a job needs more than the commit that is checked out: base and head of a change."""
    on_change = any(event.startswith("pull_request") for event in system.start.on)
    return on_change or (program is not None and bool(_kinds(program) & _HISTORY))


def _kinds(program: Program) -> set[str]:
    return {step.each.kind if step.each else step.kind for step in program.steps}
