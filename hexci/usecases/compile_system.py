"""A system as a program whose steps are processes: what runs it locally, and what jobs run."""

from collections.abc import Mapping
from dataclasses import replace

from hexci.domain.canonical import Json
from hexci.domain.law.caps import CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.pipeline import Conduct
from hexci.domain.manifests.program import Each, Program, Step
from hexci.domain.manifests.shelf import Shelf
from hexci.domain.manifests.system import DEFAULT_SECONDS, Pipe, Process, System
from hexci.domain.manifests.templates import (
    Constant,
    Mapped,
    Reference,
    Template,
    compiled,
    resolved,
)
from hexci.errors import BadInputError
from hexci.usecases.check_system import needs_of, pipeline_of, process_order
from hexci.usecases.name_values import within

# The kind of a step that is a process; no node of a manifest has it.
PROCESS = "process"
# Processes that run at once on one machine; each runs several nodes at once.
_AT_ONCE = 8
_CONDUCT = Conduct(on_error="branch")


def compile_system(system: System, shelf: Shelf) -> Program:
    """The program of a system without faults (see `check_system`)."""
    ordered = process_order(system)
    numbers = {process.name: number for number, process in enumerate(ordered)}
    each = {process.name for process in ordered if process.each is not None}
    needs = [tuple(numbers[n] for n in needs_of(system, p.name)) for p in ordered]
    steps = []
    for number, process in enumerate(ordered):
        piped = [pipe for pipe in system.pipes if pipe.taker == process.name]
        followers = tuple(n for n, before in enumerate(needs) if number in before)
        arguments = _arguments(process, piped, each)
        loop = None
        if process.each is not None:
            loop = Each(Constant(list(process.each)), PROCESS, arguments, _AT_ONCE)
        ceiling = replace(process.limits, seconds=seconds_of(process, system, shelf))
        steps.append(
            Step(
                number,
                process.name,
                "foreach" if loop else PROCESS,
                Constant({}) if loop else arguments,
                _CONDUCT,
                {},
                needs[number],
                followers,
                layer=process.caps,
                ceiling=ceiling,
                each=loop,
            )
        )
    layer = system.caps or CapLayer(f"system {system.name}")
    concurrency = min(_AT_ONCE, max(len(process.each or ("",)) for process in ordered) + len(steps))
    return Program(
        system.name, tuple(steps), layer=layer, ceiling=system.limits, concurrency=concurrency
    )


def seconds_of(process: Process, system: System, shelf: Shelf) -> float:
    """The time limit of a process: the smallest that it, its pipeline or the system states."""
    pipeline = pipeline_of(process, shelf)
    ceilings = (process.limits, system.limits, pipeline.limits if pipeline else Ceiling())
    stated = [ceiling.seconds for ceiling in ceilings if ceiling.seconds is not None]
    return min(stated, default=DEFAULT_SECONDS)


def step_arguments(
    step: Step, known: Mapping[str, Mapping[str, Json]], item: int | None
) -> Mapping[str, Json]:
    """The arguments of one process, or of one item of it; `known` is what each giver gave.

    Raises BadInputError for what is not there.
    """
    template = step.arguments
    over: list[Json] = []
    if step.each is not None:
        template, over = step.each.arguments, items_of(step)

    def lookup(reference: Reference) -> Json:
        first, *rest = reference.parts
        if first == "index":
            return item
        if first == "item" and item is not None and item < len(over):
            return within(over[item], rest, reference)
        values = known.get(first, {})
        if not rest or rest[0] not in values:
            raise BadInputError(f"{reference}: {first} gave nothing of that name")
        return values[rest[0]]

    arguments = resolved(template, lookup)
    assert isinstance(arguments, dict)  # noqa: S101 - made below
    return arguments


def items_of(step: Step) -> list[Json]:
    """What a foreach of a system goes over: a list that the manifest spells out."""
    over = step.each.over if step.each else None
    return over.value if isinstance(over, Constant) and isinstance(over.value, list) else []


def given_values(arguments: Mapping[str, Json]) -> dict[str, Json]:
    """What a process is given, from the resolved arguments of its step."""
    given, piped = arguments["given"], arguments["piped"]
    assert isinstance(given, dict)  # noqa: S101 - made below
    assert isinstance(piped, dict)  # noqa: S101
    return {**given, **{key: _value(form) for key, form in piped.items()}}


def _value(value: Json) -> Json:
    """What a pipe brings; of a process that ran once an item, the list of what each gave."""
    assert isinstance(value, dict)  # noqa: S101 - made below
    if "value" in value:
        return value["value"]
    items, output = value["items"], str(value["output"])
    found = items if isinstance(items, list) else []
    return [item.get(output) for item in found if isinstance(item, dict)]


def _arguments(process: Process, piped: list[Pipe], each: set[str]) -> Template:
    given = tuple((key, compiled(value)) for key, value in process.inputs.items())
    pipes = tuple(
        (key, _piped(pipe.giver, value.partition(".out.")[2], each))
        for pipe in piped
        for key, value in pipe.values.items()
    )
    return Mapped((
        ("process", Constant(process.name)), ("given", Mapped(given)), ("piped", Mapped(pipes)),
    ))  # fmt: skip


def _piped(giver: str, output: str, each: set[str]) -> Template:
    if giver not in each:
        return Mapped((("value", Reference((giver, output))),))
    return Mapped((("items", Reference((giver, "items"))), ("output", Constant(output))))
