"""Wires running systems: every process is a run of its own below the run of the system."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.governing import allowed
from hexci.compose.law import law_of
from hexci.compose.manifests import committed, work_tree_name
from hexci.compose.pipelines import Loaded, carried_out, drifted, recorder_of
from hexci.compose.planning import config_at
from hexci.compose.records import sweep

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.manifests.library import Library
    from hexci.domain.canonical import Json
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.manifests.program import Program
    from hexci.domain.manifests.results import PipelineResult
    from hexci.domain.manifests.shelf import Shelf
    from hexci.domain.manifests.system import ProcessRun, System
    from hexci.ports.doer import Done, Task


@dataclass(frozen=True, slots=True)
class LoadedSystem:
    """A system of a commit: its program, and the pipeline of each process."""

    system: "System"
    program: "Program"
    processes: "Mapping[str, Loaded]"
    shelf: "Shelf"
    text: bytes
    manifest: str
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class EndedSystem:
    """A run of a system: how it ended, and what each process was given and where it stands."""

    run: str
    system: str
    result: "PipelineResult"
    processes: "Mapping[str, ProcessRun]"
    notes: tuple[str, ...] = ()


def run(manifest: str, base: str, name: str = "") -> EndedSystem:
    """Runs a system of `manifest`, read from the commit `base`, here and now.

    Raises BadInputError for a manifest with faults, before the first process starts.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.asker import argv_event
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.run_id import stamped_id

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        sweep(checkout)
        commit = checkout.resolve(base)
        found = system_at(quarters, commit, work_tree_name(manifest), name, checkout)
        event = argv_event()
        run_name = stamped_id(event.at, event.id, commit, found.program.digest, "1")
        tree = quarters.vault.tree_of(commit)
        context = RunContext(
            run_name, event, commit, tree, f"{found.manifest}#{found.system.name}",
            found.program.digest,
        )  # fmt: skip
        config = config_at(quarters, commit)
        allowed("run", context.manifest, commit, config, checkout, actor=event.actor)
        return _carried_out(found, context, checkout, quarters)


def system_at(
    quarters: "Quarters", commit: str, manifest: str, name: str,
    checkout: "Checkout | None" = None,
) -> LoadedSystem:  # fmt: skip
    """A system as it stands in a commit, with everything that its processes need."""
    library = committed(quarters, commit, manifest)
    found = checked_system(library, manifest, name)
    return replace(found, notes=drifted(library.texts, checkout))


def checked_system(library: "Library", manifest: str, name: str) -> LoadedSystem:
    """A system of a file that was read. Raises BadInputError with everything that is wrong."""
    from hexci.adapters.sinks.text import render
    from hexci.compose.nodes import doable
    from hexci.domain.canonical import digest
    from hexci.domain.finding import Report
    from hexci.errors import BadInputError
    from hexci.usecases.check_system import check_system, pipeline_of
    from hexci.usecases.compile_pipeline import compile_pipeline
    from hexci.usecases.compile_system import compile_system

    shelf = library.shelf
    chosen = [s for s in shelf.systems(manifest) if not name or s.name == name]
    if not chosen and not library.all_findings():
        raise BadInputError(
            f"{manifest} has no system {name}".rstrip(), "See: hexci explain System"
        )
    if len(chosen) > 1:
        names = ", ".join(s.name for s in chosen)
        raise BadInputError(f"{manifest} has several systems: {names}", "Say --system NAME")
    faults = list(check_system(chosen[0], shelf)) if chosen else []
    every = b"".join(n.encode() + b"\0" + library.texts[n] for n in sorted(library.texts))
    processes = {}
    for process in chosen[0].processes if chosen else ():
        pipeline = pipeline_of(process, shelf)
        if pipeline is None:
            continue
        scope = shelf.scope(pipeline.origin.file)
        program, more = compile_pipeline(pipeline, scope, doable())
        faults += more
        if program is not None:
            program = replace(program, digest=digest(every))
            text = library.texts[process.file]
            processes[process.name] = Loaded(program, scope, text, process.file)
    findings = library.all_findings(faults)
    if findings:
        raise BadInputError(render(Report.of("system", findings)).rstrip())
    program = replace(compile_system(chosen[0], shelf), digest=digest(every))
    return LoadedSystem(chosen[0], program, processes, shelf, library.texts[manifest], manifest)


class Processes:
    """Runs processes of one run of a system, from several threads; remembers what it began."""

    def __init__(
        self, found: LoadedSystem, context: "RunContext", checkout: "Checkout", law: str = ""
    ) -> None:
        self._found = found
        self._context = context
        self._checkout = checkout
        self._law = law
        self.begun: dict[str, ProcessRun] = {}

    def carry_out(self, task: "Task") -> "Done":
        """One process, or one item of it."""
        from hexci.adapters.git.quarters import quarters_for
        from hexci.adapters.machine.clock import SystemClock
        from hexci.domain.law.limits import Ceiling, smallest
        from hexci.domain.manifests.context import RunContext
        from hexci.domain.manifests.system import ProcessRun
        from hexci.domain.run_id import stamped_id
        from hexci.ports.doer import Done
        from hexci.usecases.compile_system import given_values
        from hexci.usecases.enforce_law import LawGateway
        from hexci.usecases.name_values import checked_inputs

        outer, found = self._context, self._found.processes[str(task.arguments["process"])]
        values = given_values(task.arguments)
        assert isinstance(task.gateway, LawGateway)  # noqa: S101 - the engine's own
        left = Ceiling(seconds=task.deadline - SystemClock().monotonic())
        program = replace(found.program, ceiling=smallest([found.program.ceiling, left]))
        event, digest = outer.event, found.program.digest
        name = stamped_id(event.at, event.id, outer.base_commit, digest, outer.run, task.node)
        self.begun[task.node] = ProcessRun(name, values)
        inputs = checked_inputs(program, values)
        context = RunContext(
            name, event, outer.base_commit, outer.base_tree,
            f"{found.manifest}#{program.name}", digest, outer.attempt,
            parent=outer.run, root=outer.root or outer.run, depth=outer.depth + 1,
            trust=outer.trust,
        )  # fmt: skip
        recorder = recorder_of(name, self._checkout)
        recorder.begin(context, program.name, inputs, found.text)
        # quarters of its own: processes run at the same time
        with quarters_for(self._checkout) as quarters:
            ended = carried_out(
                replace(found, program=program), inputs, context, recorder, self._checkout,
                quarters, above=task.gateway, law=self._law,
            )  # fmt: skip
        result = ended.result
        reason = result.reason and f"{result.reason} (hexci show {name})"
        return Done(result.outcome, result.outputs, reason, {"run": name.encode() + b"\n"})


def _carried_out(
    found: LoadedSystem, context: "RunContext", checkout: "Checkout", quarters: "Quarters"
) -> EndedSystem:
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.pool import ThreadPool
    from hexci.domain.outcome import Outcome
    from hexci.usecases.compile_system import PROCESS
    from hexci.usecases.run_pipeline import Engine, run_pipeline

    recorder = recorder_of(context.run, checkout)
    recorder.begin(context, found.system.name, {}, found.text, kind="system")
    processes = Processes(found, context, checkout)
    pool = ThreadPool(found.program.concurrency)
    engine = Engine({PROCESS: processes.carry_out}, pool, SystemClock(), recorder)
    try:
        config = config_at(quarters, context.base_commit)
        gateway = law_of(found.program, config, recorder.denied)
        no_inputs: dict[str, Json] = {}
        result = run_pipeline(found.program, no_inputs, context, engine=engine, gateway=gateway)
    except BaseException as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else repr(error)
        recorder.end(Outcome.INFRA_ERROR, reason)
        raise
    recorder.end(result.outcome, result.reason, result)
    return EndedSystem(context.run, found.system.name, result, processes.begun, found.notes)


def ended_as(ended: EndedSystem, *, as_json: bool) -> str:
    """A run's end for a person or a program."""
    from hexci.adapters.sinks.system_result import as_document, as_text

    write = as_document if as_json else as_text
    return write(ended.run, ended.system, ended.result, ended.processes, ended.notes)
