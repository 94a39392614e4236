"""Systems: processes that are there, pipes that can be resolved, an order that exists."""

from collections.abc import Iterator, Mapping

from hexci.domain.canonical import Json
from hexci.domain.manifests.faults import Fault, Path
from hexci.domain.manifests.pipeline import Pipeline
from hexci.domain.manifests.program import Program
from hexci.domain.manifests.shelf import Shelf
from hexci.domain.manifests.system import Pipe, Process, System
from hexci.domain.manifests.templates import Reference, compiled, references, type_of
from hexci.domain.manifests.triggers import refusal_of
from hexci.domain.manifests.types import fits
from hexci.usecases.check_references import NODE_FACTS
from hexci.usecases.compile_pipeline import compile_pipeline
from hexci.usecases.nearest_name import missing


def check_system(system: System, shelf: Shelf) -> tuple[Fault, ...]:
    """What is wrong with a system; nothing when every process and pipe can be resolved."""
    return tuple(_System(system, shelf).faults())


def pipeline_of(process: Process, shelf: Shelf) -> Pipeline | None:
    """The pipeline that a process runs, None where its file has none, or not one of that name."""
    found = shelf.pipelines(process.file)
    if process.pipeline:
        return next((p for p in found if p.name == process.pipeline), None)
    return found[0] if len(found) == 1 else None


def process_order(system: System) -> tuple[Process, ...]:
    """The processes, each after what it needs and what pipes into it; those of a cycle left out."""
    before = _before(system)
    ordered: list[Process] = []
    names: set[str] = set()
    while True:
        ready = [p for p in system.processes if p.name not in names and before[p.name] <= names]
        if not ready:
            return tuple(ordered)
        ordered += ready
        names |= {process.name for process in ready}


def needs_of(system: System, name: str) -> tuple[str, ...]:
    """What a process waits for, in the order of the manifest."""
    before = _before(system)[name]
    return tuple(process.name for process in system.processes if process.name in before)


def _before(system: System) -> Mapping[str, set[str]]:
    before = {process.name: set(process.needs) for process in system.processes}
    for pipe in system.pipes:
        if pipe.taker in before:
            before[pipe.taker].add(pipe.giver)
    return before


class _System:
    def __init__(self, system: System, shelf: Shelf) -> None:
        self._system = system
        self._shelf = shelf
        self._processes = {process.name: process for process in system.processes}
        self._pipelines = {p.name: pipeline_of(p, shelf) for p in system.processes}
        self._programs: dict[str, Program | None] = {
            name: compile_pipeline(p, shelf.scope(p.origin.file))[0] if p else None
            for name, p in self._pipelines.items()
        }

    def faults(self) -> Iterator[Fault]:
        system = self._system
        for number, event in enumerate(system.start.on):
            said = refusal_of(event)
            if said:
                yield self._fault("MAN014", ("spec", "init", "on", number), said)
        for process in system.processes:
            yield from self._process(process)
        for number, pipe in enumerate(system.pipes):
            yield from self._pipe(number, pipe)
        ordered = {process.name for process in process_order(system)}
        if len(ordered) < len(system.processes):
            stuck = ", ".join(p.name for p in system.processes if p.name not in ordered)
            if all(need in self._processes for need in self._all_needs()):
                yield self._fault("MAN006", (), f"these processes wait for each other: {stuck}")

    def _all_needs(self) -> Iterator[str]:
        for process in self._system.processes:
            yield from process.needs
        for pipe in self._system.pipes:
            yield pipe.giver

    def _process(self, process: Process) -> Iterator[Fault]:
        at = ("spec", "processes", process.name)
        for need in process.needs:
            if need not in self._processes:
                said = missing("process", need, self._processes)
                yield self._fault("MAN005", (*at, "needs"), f"{process.name}: {said}")
        pipeline = self._pipelines[process.name]
        if pipeline is None:
            if process.file in self._shelf.files:
                names = [p.name for p in self._shelf.pipelines(process.file)]
                said = f"{process.file} has the pipelines {', '.join(names) or '(none)'}"
                yield self._fault("MAN009", (*at, "exec"), f"{said}; say which: pipeline: NAME")
            return
        for key, value in process.inputs.items():
            said = self._unfit(key, value, process, pipeline)
            if said:
                yield self._fault("MAN009", (*at, "with", key), said)
        program = self._programs[process.name]
        waits = [step.name for step in program.steps if step.kind == "wait"] if program else []
        if waits:
            said = f"{process.name}: {waits[0]} of {pipeline.name} waits for somebody"
            yield self._fault("MAN014", at, said)
        piped = {key for pipe in self._system.pipes if pipe.taker == process.name
                 for key in pipe.values}  # fmt: skip
        for key, wanted in pipeline.inputs.items():
            if wanted.required and key not in {*process.inputs, *piped}:
                said = f"{process.name} is not given the input {key!r} of {pipeline.name}"
                yield self._fault("MAN009", at, said, f"with: {{{key}: …}}, or a pipe")

    def _unfit(self, key: str, value: Json, process: Process, pipeline: Pipeline) -> str:
        """Why a value cannot be given to an input; empty when it can."""
        if key not in pipeline.inputs:
            return missing(f"input of {pipeline.name}", key, pipeline.inputs)
        try:
            template = compiled(value)
        except ValueError as error:
            return str(error)
        for reference in references(template):
            if reference.parts[0] not in {"item", "index"} or process.each is None:
                known = "${item} and ${index}" if process.each is not None else "nothing"
                return f"{key}: {reference}: {known} can be named here; a pipe brings other values"
        wanted, given = pipeline.inputs[key].type, type_of(template)
        if given and not fits(given, wanted):
            return f"the input {key} of {pipeline.name} is {wanted}, not {given}"
        return ""

    def _pipe(self, number: int, pipe: Pipe) -> Iterator[Fault]:
        at = ("spec", "pipes", number)
        for side, name in (("from", pipe.giver), ("to", pipe.taker)):
            if name not in self._processes:
                yield self._fault("MAN012", (*at, side), missing("process", name, self._processes))
        giver, taker = self._pipelines.get(pipe.giver), self._pipelines.get(pipe.taker)
        if giver is None or taker is None:
            return
        for key, value in pipe.values.items():
            earlier = [p for p in self._system.pipes[:number] if p.taker == pipe.taker]
            if key in self._processes[pipe.taker].inputs or any(key in p.values for p in earlier):
                said = f"{pipe.taker} is given the input {key!r} twice"
            else:
                said = self._wrong(pipe, key, value, giver, taker)
            if said:
                yield self._fault("MAN012", (*at, "map", key), said)

    def _wrong(self, pipe: Pipe, key: str, value: str, giver: Pipeline, taker: Pipeline) -> str:
        source, _, output = value.partition(".out.")
        if source != pipe.giver:
            return f"{value} is not of {pipe.giver}, which the pipe comes from"
        if output not in giver.outputs:
            return missing(f"output of {giver.name}", output, giver.outputs)
        if key not in taker.inputs:
            return missing(f"input of {taker.name}", key, taker.inputs)
        given, wanted = self._type_of(pipe.giver, output), taker.inputs[key].type
        if self._processes[pipe.giver].each is not None:
            given = "list"  # one value an item
        if given and not fits(given, wanted):
            return f"{value} is {given}, the input {key} of {taker.name} is {wanted}"
        return ""

    def _type_of(self, name: str, output: str) -> str:
        """The type of an output of a process; empty where only the run can tell."""
        pipeline, program = self._pipelines[name], self._programs[name]
        assert pipeline is not None  # noqa: S101 - asked before
        try:
            template = compiled(pipeline.outputs[output])
        except ValueError:
            return ""
        if not isinstance(template, Reference):
            return type_of(template)
        for step in program.steps if program else ():
            if step.name == template.parts[0] and len(template.parts) == 2:
                return {**step.gives, **NODE_FACTS}.get(template.parts[1], "")
        if template.parts[0] == "inputs" and template.parts[1] in pipeline.inputs:
            return pipeline.inputs[template.parts[1]].type
        return ""

    def _fault(self, rule: str, at: Path, message: str, fix: str = "") -> Fault:
        return Fault(rule, self._system.origin, at, f"{self._system.name}: {message}", fix)
