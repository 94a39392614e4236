"""Systems as programs: order, pipes, what a failure ends, what each process is given."""

from collections.abc import Mapping

import pytest
from fakes.night import FILES, NIGHT
from manifests.engine import CONTEXT, Told
from manifests.reading import library_of, said_of

from hexci.adapters.machine.clock import SystemClock
from hexci.adapters.machine.pool import ThreadPool
from hexci.domain.canonical import Json
from hexci.domain.law.caps import Authority
from hexci.domain.manifests.program import Program
from hexci.domain.manifests.results import PipelineResult
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError
from hexci.ports.doer import Done, Task
from hexci.usecases.compile_system import PROCESS, compile_system, given_values, step_arguments
from hexci.usecases.enforce_law import LawGateway
from hexci.usecases.run_pipeline import Engine, run_pipeline

FILE = ".hexci/night.yaml"
GAVE: Mapping[str, Mapping[str, Json]] = {
    "count-files": {"how-many": 4, "long-one": "x"},
    "look-at[0]": {"said": "from a"},
    "look-at[1]": {"said": "from b"},
}


def night(text: str = NIGHT, **more: str) -> Program:
    library = library_of({**FILES, FILE: text, **more}, FILE)
    assert said_of({**FILES, FILE: text, **more}, FILE) == []
    return compile_system(library.shelf.systems(FILE)[0], library.shelf)


def ran(program: Program, failing: str = "") -> tuple[PipelineResult, dict[str, Json]]:
    """How a night ended, and what each process was given."""
    given: dict[str, Json] = {}

    def process(task: Task) -> Done:
        given[task.node] = given_values(task.arguments)
        outcome = Outcome.EVIDENCE_FAILED if task.node == failing else Outcome.OK
        return Done(outcome, GAVE.get(task.node, {}))

    engine = Engine({PROCESS: process}, ThreadPool(program.concurrency), SystemClock(), Told())
    gateway = LawGateway(Authority((program.layer,)))
    return run_pipeline(program, {}, CONTEXT, engine=engine, gateway=gateway), given


def test_values_go_through_pipes_and_items_are_collected_in_their_order() -> None:
    result, given = ran(night())
    assert result.outcome is Outcome.OK
    assert given == {
        "count-files": {}, "look-at[0]": {"folder": "a"}, "look-at[1]": {"folder": "b"},
        "report": {"files": 4, "long": "x", "verdicts": ["from a", "from b"]},
    }  # fmt: skip


@pytest.mark.parametrize("failing", ["look-at[1]", "count-files"])
def test_a_failure_ends_what_depends_on_it_and_nothing_else(failing: str) -> None:
    result, given = ran(night(), failing)
    assert result.outcome is Outcome.EVIDENCE_FAILED
    assert {node.name: node.status.value for node in result.nodes} == {
        "count-files": "ok", "look-at": "ok", failing.partition("[")[0]: "failed",
        "report": "skipped",
    }  # fmt: skip
    assert "report" not in given


def test_a_job_is_given_what_a_run_here_gives_it() -> None:
    program = night()
    _, given = ran(program)
    items: list[Json] = [{"outcome": "ok", **GAVE[f"look-at[{n}]"]} for n in range(2)]
    known: dict[str, dict[str, Json]] = {
        "count-files": dict(GAVE["count-files"]), "look-at": {"items": items},
    }  # fmt: skip
    steps = {step.name: step for step in program.steps}
    assert given_values(step_arguments(steps["report"], known, None)) == given["report"]
    assert given_values(step_arguments(steps["look-at"], {}, 1)) == given["look-at[1]"]
    with pytest.raises(BadInputError, match="count-files gave nothing of that name"):
        step_arguments(steps["report"], {"look-at": {"items": []}}, None)


def test_time_is_the_smallest_that_anybody_states() -> None:
    limited = NIGHT.replace("  init:", "  limits: {timeout: 90}\n  init:")
    seconds = {step.name: step.ceiling.seconds for step in night(limited).steps}
    assert seconds == {"count-files": 90, "look-at": 90, "report": 90}
    assert {step.ceiling.seconds for step in night().steps} == {120}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{folder: "${item}"}', "{folder: 3}", "the input folder of look is string, not integer"),
        ('{folder: "${item}"}', '{folder: "${run.id}"}', "${item} and ${index} can be named"),
        ("foreach: [a, b], ", "", "${item}: nothing can be named here"),
        ("count-files.out.how-many", "look-at.out.said", "is not of count-files, which the pipe"),
        ("verdicts: look-at.out.said", "long: look-at.out.said", "given the input 'long' twice"),
        ("look-at.out.said", "look-at.out.sad", "there is no output of look 'sad'; did you mean"),
        ("{exec: report.yaml}", "{exec: report.yaml, with: {files: 3}}", "'files' twice"),
        ("count-files:", "run:", "'run' is a reserved name"),
        ('{type: schedule, cron: "17 3 * * *"}', "{type: event, on: [pull_request_target]}",
         "starts no system: it would let a stranger's pull request near the repository's token"),
        ('{type: schedule, cron: "17 3 * * *"}', "{type: event, on: [issues.burned]}",
         "issues has no activity 'burned'; known: opened"),
        ('{type: schedule, cron: "17 3 * * *"}', "{type: event, on: [coffee]}", "coffee starts"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_told_before_anything_runs(old: str, new: str, said: str) -> None:
    assert old in NIGHT
    assert said in "\n".join(said_of({**FILES, FILE: NIGHT.replace(old, new)}, FILE))


def test_a_collected_output_is_a_list() -> None:
    report = FILES[".hexci/report.yaml"].replace("verdicts: {type: list,", "verdicts: {")
    [said] = said_of({**FILES, ".hexci/report.yaml": report}, FILE)
    assert "look-at.out.said is list, the input verdicts of report is string" in said


def test_nothing_in_a_system_waits_for_somebody() -> None:
    look = FILES[".hexci/deep/look.yaml"].replace("caps: [spawn]", "caps: [spawn, state]")
    look = look.replace("  outputs:", "    ask: {wait: {}}\n  outputs:").replace(
        '/x.txt"]}}}', '/x.txt"]}}').replace("nodes: {look:", "nodes:\n    look:")  # fmt: skip
    [said] = said_of({**FILES, ".hexci/deep/look.yaml": look}, FILE)
    assert "MAN014 can-be-started: night-watch: look-at: ask of look waits for somebody" in said
