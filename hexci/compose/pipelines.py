"""Wires running pipelines: manifest of the trusted commit, law, engine, record."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.governing import allowed
from hexci.compose.law import law_of, narrowed_program
from hexci.compose.manifests import committed, work_tree_name
from hexci.compose.planning import config_at
from hexci.compose.records import records_of, sweep
from hexci.compose.state import cells_of, pause, registry_of
from hexci.domain.law.narrowed import NOT_NARROWED, Narrowed

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.canonical import Json
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.manifests.program import Program
    from hexci.domain.manifests.results import NodeResult, PipelineResult
    from hexci.domain.manifests.shelf import Scope
    from hexci.usecases.enforce_law import LawGateway
    from hexci.usecases.record_pipeline import PipelineRecorder


@dataclass(frozen=True, slots=True)
class Ended:
    """A run of a pipeline: its id, how it ended, what is worth a note."""

    run: str
    pipeline: str
    result: "PipelineResult"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline of a commit, compiled, with what is needed to run it."""

    program: "Program"
    scope: "Scope"
    text: bytes
    manifest: str
    notes: tuple[str, ...] = field(default=())
    narrowed: Narrowed = NOT_NARROWED


def run(
    manifest: str,
    given: Sequence[str],
    base: str,
    pipeline: str = "",
    narrowed: Narrowed = NOT_NARROWED,
) -> Ended:
    """Runs a pipeline of `manifest`, read from the commit `base`; `given` are `name=text`.

    Raises BadInputError for a manifest with faults, an unknown input, a kind of node that nothing
    here can carry out: before the first node starts.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.asker import argv_event
    from hexci.adapters.machine.asking_place import lineage_of
    from hexci.domain.manifests.context import RunContext
    from hexci.domain.run_id import stamped_id
    from hexci.usecases.name_values import checked_inputs

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        sweep(checkout)
        commit = checkout.resolve(base)
        found = program_at(quarters, commit, work_tree_name(manifest), pipeline, checkout)
        inputs = checked_inputs(found.program, _parsed(found.program, given))
        event, chain = argv_event(), lineage_of(os.environ)
        name = stamped_id(event.at, event.id, commit, found.program.digest, "1")
        tree = quarters.vault.tree_of(commit)
        context = RunContext(
            name, event, commit, tree, f"{found.manifest}#{found.program.name}",
            found.program.digest, parent=chain.run, root=chain.root, depth=chain.depth,
        )  # fmt: skip
        found = replace(found, program=narrowed_program(found.program, narrowed), narrowed=narrowed)
        config = config_at(quarters, commit)
        allowed("run", context.manifest, commit, config, checkout, actor=event.actor)
        recorder = recorder_of(name, checkout)
        recorder.begin(context, found.program.name, inputs, found.text, narrowed=narrowed)
        return carried_out(found, inputs, context, recorder, checkout, quarters)


def resume(
    run_name: str, *, approve: str = "", reject: str = "", accept_drift: bool = False
) -> Ended:
    """Goes on with a suspended or lost run, after answering one of its waits where asked to.

    Raises ConflictError when another process has it or was faster to take it.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.asker import argv_event
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import is_alive
    from hexci.domain.manifests.context import RunContext
    from hexci.errors import BadInputError
    from hexci.usecases.doers.await_approval import answer_wait
    from hexci.usecases.list_runs import waiting_run
    from hexci.usecases.record_pipeline import resumable

    checkout = Checkout.at(Path.cwd())
    clock = SystemClock()
    with quarters_for(checkout) as quarters:
        sweep(checkout)
        stored = waiting_run(run_name, records=records_of(checkout))
        going_on = resumable(stored, clock=clock, is_alive=is_alive)
        event = argv_event()
        manifest, _, pipeline = going_on.manifest.rpartition("#")
        found = program_at(quarters, going_on.base_commit, manifest, pipeline, checkout)
        if found.program.digest != going_on.digest and not accept_drift:
            raise BadInputError(
                f"{manifest} is not what the run began with",
                "Go on all the same: --accept-drift; or start anew: hexci run …",
            )
        config = config_at(quarters, going_on.base_commit)
        action = "answer" if approve or reject else "run"
        allowed(action, going_on.manifest, going_on.base_commit, config, checkout,
                actor=event.actor, starter=going_on.starter)  # fmt: skip
        if approve or reject:
            answer_wait(stored.run, approve or reject, event.actor, approved=bool(approve),
                        cells=cells_of(checkout), clock=clock, pause=pause)  # fmt: skip
        recorder = recorder_of(stored.run, checkout)
        attempt = recorder.take_over(stored, event.actor)
        tree = quarters.vault.tree_of(going_on.base_commit)
        context = RunContext(
            stored.run, event, going_on.base_commit, tree, going_on.manifest,
            found.program.digest, attempt,
        )  # fmt: skip
        found = replace(
            found, program=narrowed_program(found.program, going_on.narrowed),
            narrowed=going_on.narrowed,
        )  # fmt: skip
        return carried_out(found, going_on.inputs, context, recorder, checkout, quarters,
                            going_on.finished)  # fmt: skip


def program_at(
    quarters: "Quarters", commit: str, manifest: str, pipeline: str,
    checkout: "Checkout | None" = None,
) -> Loaded:  # fmt: skip
    """A pipeline as it stands in a commit, compiled for what can be carried out here."""
    from hexci.adapters.sinks.text import render
    from hexci.compose.nodes import doable
    from hexci.domain.canonical import digest
    from hexci.domain.finding import Report
    from hexci.errors import BadInputError
    from hexci.usecases.compile_pipeline import compile_pipeline

    library = committed(quarters, commit, manifest)
    chosen = [p for p in library.shelf.pipelines(manifest) if not pipeline or p.name == pipeline]
    if not chosen and not library.all_findings():
        raise BadInputError(f"{manifest} has no pipeline {pipeline}".rstrip(), "See: hexci explain")
    if len(chosen) > 1:
        names = ", ".join(p.name for p in chosen)
        raise BadInputError(f"{manifest} has several pipelines: {names}", "Say --pipeline NAME")
    scope = library.shelf.scope(manifest)
    program, faults = compile_pipeline(chosen[0], scope, doable()) if chosen else (None, ())
    findings = library.all_findings(faults)
    if program is None or findings:
        raise BadInputError(render(Report.of("run", findings)).rstrip())
    every = b"".join(name.encode() + b"\0" + library.texts[name] for name in sorted(library.texts))
    program = replace(program, digest=digest(every))
    text = library.texts[manifest]
    return Loaded(program, scope, text, manifest, drifted(library.texts, checkout))


def ended_as(ended: Ended, *, as_json: bool) -> str:
    """A run's end for a person or a program."""
    from hexci.adapters.sinks.pipeline_result import as_document, as_text

    write = as_document if as_json else as_text
    return write(ended.run, ended.pipeline, ended.result, ended.notes)


def carried_out(  # noqa: PLR0913, PLR0917 - one run's parts
    found: Loaded,
    inputs: "Mapping[str, Json]",
    context: "RunContext",
    recorder: "PipelineRecorder",
    checkout: "Checkout",
    quarters: "Quarters",
    finished: "Sequence[NodeResult]" = (),
    above: "LawGateway | None" = None,
    law: str = "",
) -> Ended:
    """Runs a pipeline and ends its record.

    `above` is the law of the system it is part of, `law` the commit whose config rules, where
    that is not the commit that is worked on.
    """
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.pool import ThreadPool
    from hexci.compose.nodes import Workshop, doers
    from hexci.domain.manifests.results import PipelineResult
    from hexci.domain.outcome import Outcome
    from hexci.errors import BadInputError, BudgetError, ConflictError, DeniedError
    from hexci.usecases.hold_state import Keeping, holding
    from hexci.usecases.run_pipeline import Engine, run_pipeline
    from hexci.usecases.transact import Affair, transact

    config = config_at(quarters, law or context.base_commit)
    with ExitStack() as stack:
        shop = Workshop(checkout, quarters, config, found.scope, cells_of(checkout), stack, law)
        engine = Engine(
            doers(shop, context), ThreadPool(found.program.concurrency), SystemClock(), recorder,
            os.environ.get,
        )  # fmt: skip
        gateway = law_of(found.program, config, recorder.denied, found.scope, found.narrowed, above)
        keeping = Keeping(shop.cells, SystemClock(), pause)
        try:
            with holding(found.program, f"{context.run}/{context.attempt}", gateway, keeping):
                result = transact(
                    Affair(found.program.entity, inputs, context),
                    lambda: run_pipeline(
                        found.program, inputs, context, engine=engine, gateway=gateway,
                        finished=finished,
                    ),
                    registry=registry_of(checkout, config), law=gateway, clock=SystemClock(),
                )  # fmt: skip
        except (BadInputError, BudgetError, ConflictError, DeniedError) as error:
            # before anything began
            result = PipelineResult(Outcome(error.outcome), (), {}, str(error))
        except BaseException as error:
            reason = "interrupted" if isinstance(error, KeyboardInterrupt) else repr(error)
            recorder.end(Outcome.INFRA_ERROR, reason)
            raise
    recorder.end(result.outcome, result.reason, result)
    return Ended(context.run, found.program.name, result, found.notes)


def recorder_of(run_name: str, checkout: "Checkout") -> "PipelineRecorder":
    """What writes a run down, as this process's own."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import this_owner
    from hexci.usecases.record_pipeline import PipelineRecorder

    return PipelineRecorder(
        run_name, records=records_of(checkout), clock=SystemClock(), owner=this_owner()
    )


def _parsed(program: "Program", given: Sequence[str]) -> "dict[str, Json]":
    from hexci.errors import BadInputError
    from hexci.usecases.name_values import input_from_text

    values: dict[str, Json] = {}
    for pair in given:
        name, equals, text = pair.partition("=")
        if not equals:
            raise BadInputError(f"{pair!r} is no input", "Say: name=value")
        wanted = program.inputs.get(name)
        try:
            values[name] = input_from_text(text, wanted.type) if wanted else text
        except ValueError as error:
            raise BadInputError(
                f"the input {name} is to be {wanted and wanted.type}: {error}"
            ) from error
    return values


def drifted(texts: Mapping[str, bytes], checkout: "Checkout | None") -> tuple[str, ...]:
    """Notes on manifests whose files are not what the commit has."""
    if checkout is None or checkout.top is None:
        return ()
    return tuple(
        f"{name} differs from the commit; the commit's is used"
        for name, text in sorted(texts.items())
        if not (checkout.top / name).is_file() or (checkout.top / name).read_bytes() != text
    )


def warn(notes: Sequence[str]) -> None:
    """Tells notes to the person at the terminal."""
    for note in notes:
        sys.stderr.write(f"note: {note}\n")
