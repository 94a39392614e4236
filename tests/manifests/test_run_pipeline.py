from threading import Barrier, Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manifests.engine import Told, ran, statuses
from manifests.reading import HEAD, program_of

from hexci.domain.law.limits import Amounts, Ceiling
from hexci.domain.manifests.pipeline import Conduct, Retry
from hexci.domain.manifests.program import Program, Step
from hexci.domain.manifests.results import NodeResult, Status
from hexci.domain.manifests.templates import Constant
from hexci.domain.outcome import Outcome
from hexci.errors import BudgetError
from hexci.ports.doer import Done, Task

OK = Done(Outcome.OK, {"exit_code": 0, "output": "out", "lines": []})


def pipeline(nodes: str, more: str = "") -> Program:
    return program_of(f"{HEAD}  nodes:\n{nodes}{more}")


def argv_of(task: Task) -> list[object]:
    argv = task.arguments["argv"]
    assert isinstance(argv, list)
    return list(argv)


def test_values_flow_as_data() -> None:
    seen = {}

    def act(task: Task) -> Done:
        seen[task.node] = argv_of(task)
        return Done(Outcome.OK, {"exit_code": 3, "output": "x; rm -rf / ${run.id}", "lines": ["l"]})

    program = pipeline(
        "    a: {run: {argv: [a, '${inputs.n}', '${run.actor}', 'n=${inputs.n}']}}\n"
        "    b: {run: {argv: ['${a.exit_code}', '${a.output}', '${a.lines.0}']}, needs: [a]}\n",
        "  inputs: {n: {type: integer, default: 7}}\n"
        "  outputs: {o: '${b.exit_code}', s: 'x${b.status}'}\n",
    )
    result = ran(program, act, inputs={"n": 7})
    assert seen == {"a": ["a", 7, "ada", "n=7"], "b": [3, "x; rm -rf / ${run.id}", "l"]}
    assert result.outputs == {"o": 3, "s": "xok"}
    assert result.outcome is Outcome.OK


def test_independent_branches_do_not_wait_for_each_other() -> None:
    together = Barrier(2, timeout=30)
    first_done = Event()

    def act(task: Task) -> Done:
        if task.node in {"a", "b"}:
            together.wait()
        if task.node == "a":
            assert first_done.wait(30)  # ends only after the other branch's second node has
        if task.node == "b2":
            first_done.set()
        return OK

    program = pipeline(
        "    a: {run: {argv: [x]}}\n    b: {run: {argv: [x]}}\n"
        "    b2: {run: {argv: [x]}, needs: [b]}\n    a2: {run: {argv: [x]}, needs: [a]}\n"
    )
    assert ran(program, act).outcome is Outcome.OK


def test_a_failure_stops_what_has_not_begun() -> None:
    log = Told()
    program = pipeline(
        "    a: {run: {argv: [x]}}\n    b: {run: {argv: [x]}, needs: [a]}\n"
        "    c: {run: {argv: [x]}, needs: [b]}\n"
    )
    result = ran(program, lambda _: Done(Outcome.EVIDENCE_FAILED, reason="no"), log=log)
    assert statuses(result) == {"a": "failed", "b": "skipped", "c": "skipped"}
    assert (result.outcome, result.reason) == (Outcome.EVIDENCE_FAILED, "a: no")
    assert log.lines.count("end a failed") == 1


def test_dependants_of_a_handled_failure_run_only_if_they_ask_for_it() -> None:
    program = pipeline(
        "    a: {run: {argv: [x]}, on_error: continue}\n"
        "    plain: {run: {argv: [x]}, needs: [a]}\n"
        "    asks: {run: {argv: [x]}, needs: [a], when: \"${a.status} == 'failed'\"}\n"
        "    other: {run: {argv: [x]}, needs: [a], when: \"${a.status} == 'ok'\"}\n"
    )
    result = ran(program, lambda t: Done(Outcome.TIMEOUT) if t.node == "a" else OK)
    assert statuses(result) == {
        "a": "failed", "plain": "skipped", "asks": "ok", "other": "skipped",
    }  # fmt: skip
    assert result.outcome is Outcome.OK


def test_a_run_in_which_nothing_happened_is_no_success() -> None:
    result = ran(pipeline("    a: {run: {argv: [x]}, when: 'false'}\n"))
    assert (result.outcome, result.outcome.exit_code) == (Outcome.NO_CHANGE, 1)


def test_retries_are_made_for_what_may_pass() -> None:
    log, tries = Told(), [Outcome.INFRA_ERROR, Outcome.TIMEOUT, Outcome.OK]
    program = pipeline(
        "    a: {run: {argv: [x]}, retry: {attempts: 5, wait: 0}}\n"
        "    b: {run: {argv: [x]}, retry: {attempts: 5, wait: 0}, needs: [a]}\n"
    )

    def act(task: Task) -> Done:
        return Done(tries.pop(0)) if task.node == "a" else Done(Outcome.EVIDENCE_FAILED)

    result = ran(program, act, log=log)
    assert [(n.name, n.attempts) for n in result.nodes] == [("a", 3), ("b", 1)]
    assert log.lines[:4] == ["start a 1", "retry a 1 infra_error", "start a 2", "retry a 2 timeout"]


def test_a_bug_in_a_doer_fails_its_node_only() -> None:
    def act(task: Task) -> Done:
        raise RuntimeError("oops")

    result = ran(pipeline("    a: {run: {argv: [x]}, on_error: continue}\n"
                          "    b: {run: {argv: [x]}, when: \"${a.outcome} == 'infra_error'\", "
                          "needs: [a], on_error: continue}\n"), act)  # fmt: skip
    assert statuses(result) == {"a": "failed", "b": "failed"}
    assert "oops" in result.nodes[0].reason


def test_foreach_goes_over_a_list_and_keeps_its_order() -> None:
    program = pipeline(
        "    a: {foreach: {over: [3, 1, 2], do: {run: {argv: ['${item}', '${index}']}},"
        " concurrency: 2}}\n    b: {run: {argv: ['${a.items}']}, needs: [a]}\n"
    )
    result = ran(program, lambda t: Done(Outcome.OK, {"output": str(t.arguments["argv"])}))
    items = result.nodes[0].outputs["items"]
    assert items == [
        {"outcome": "ok", "output": "[3, 0]"},
        {"outcome": "ok", "output": "[1, 1]"},
        {"outcome": "ok", "output": "[2, 2]"},
    ]


@pytest.mark.parametrize("over", ["[]", "[1, 2, 3]"])
def test_foreach_fails_with_its_item(over: str) -> None:
    program = pipeline(f"    a: {{foreach: {{over: {over}, do: {{run: {{argv: ['x']}}}}}}}}\n")
    result = ran(program, lambda t: Done(Outcome.EVIDENCE_FAILED, reason="no"))
    expected = (Outcome.OK, "") if over == "[]" else (Outcome.EVIDENCE_FAILED, "a: item 0: no")
    assert (result.outcome, result.reason) == expected


def test_a_wait_suspends_what_follows_and_nothing_else() -> None:
    program = program_of(
        HEAD.replace("spawn", "spawn, state")
        + "  nodes:\n    w: {wait: {}}\n    after: {run: {argv: [x]}, needs: [w]}\n"
        "    other: {run: {argv: [x]}}\n"
    )
    result = ran(program, lambda t: Done(Outcome.SUSPENDED, reason="asks") if t.node == "w" else OK)
    assert statuses(result) == {"w": "suspended", "other": "ok"}
    assert (result.outcome, result.outcome.exit_code) == (Outcome.SUSPENDED, 0)
    again = ran(program, finished=tuple(n for n in result.nodes if n.name == "other"),
                act=lambda t: Done(Outcome.OK, {"approved": True, "output": "o"}))  # fmt: skip
    assert statuses(again) == {"w": "ok", "after": "ok", "other": "ok"}


def test_an_approval_of_a_policy_stands_before_its_node() -> None:
    program = program_of(
        HEAD.replace("spawn", "spawn, state")
        + "  nodes: {a: {run: {argv: [x]}, policy: careful}}\n---\n"
        "kind: Policy\nmetadata: {name: careful}\nspec: {approval: true}\n"
    )
    seen: list[str] = []

    def act(task: Task) -> Done:
        seen.append(task.node)
        return Done(Outcome.SUSPENDED)

    ran(program, act)
    assert seen == ["a/approval"]


def test_a_variable_is_read_only_where_it_is_granted() -> None:
    text = HEAD.replace("spawn", "spawn, 'secret:KEY'")
    program = program_of(text + "  nodes: {a: {run: {argv: ['${env.KEY}']}}}\n")
    seen: list[object] = []

    def act(task: Task) -> Done:
        seen.extend(argv_of(task))
        return OK

    assert ran(program, act, variables={"KEY": "k"}).outcome is Outcome.OK
    assert seen == ["k"]
    assert ran(program, act).reason == "a: the environment variable KEY is not set"


def test_limit_n_stops_before_call_n_plus_1_under_parallel_nodes() -> None:
    nodes = "".join(f"    n{i}: {{run: {{argv: [x]}}, on_error: continue}}\n" for i in range(12))
    made: list[str] = []

    def act(task: Task) -> Done:
        task.gateway.perform("spawn", "", lambda: made.append(task.node), worst=Amounts(calls=1))
        return OK

    program = pipeline(nodes, "  concurrency: 12\n")
    result = ran(program, act, ceiling=Ceiling(calls=5))
    assert len(made) == 5
    assert sum(node.outcome is Outcome.BUDGET for node in result.nodes) == 7


def test_a_denial_is_a_typed_failure_and_recorded() -> None:
    log = Told()

    def act(task: Task) -> Done:
        task.gateway.require("git.commit")
        return OK

    result = ran(pipeline("    a: {run: {argv: [x]}}\n"), act, log=log)
    assert (result.outcome, result.outcome.exit_code) == (Outcome.DENIED, 3)
    assert [(d.who, d.verb) for d in log.denials] == [("a", "git.commit")]


def test_an_output_of_another_type_fails_its_node() -> None:
    program = pipeline("    a: {run: {argv: [x], parse: json}, outputs: {n: integer}}\n")
    result = ran(program, lambda _: Done(Outcome.OK, {"n": "7"}))
    assert (result.outcome, result.reason) == (Outcome.BAD_INPUT, "a: its output n is no integer")


def test_ctrl_c_ends_every_node_that_was_under_way() -> None:
    log = Told()
    stop = Event()

    class Interrupted(Told):
        def ended(self, result: NodeResult, files: object) -> None:
            log.lines.append(f"end {result.name} {result.status}")
            if result.status is Status.OK:
                raise KeyboardInterrupt

    def act(task: Task) -> Done:
        if task.node == "slow":
            stop.wait(30)
            return Done(Outcome.OK if not task.cancelled() else Outcome.INFRA_ERROR)
        return OK

    program = pipeline("    slow: {run: {argv: [x]}}\n    fast: {run: {argv: [x]}}\n")
    with pytest.raises(KeyboardInterrupt):
        ran(program, act, log=Interrupted())
    stop.set()
    assert log.lines == ["end fast ok", "end slow cancelled"]


NODES = st.integers(1, 12)


@settings(max_examples=60)
@given(st.data(), st.integers(1, 5))
def test_every_start_has_one_end_and_nothing_starts_before_its_needs(
    data: st.DataObject, concurrency: int
) -> None:
    count = data.draw(NODES)
    steps = []
    for number in range(count):
        needs = data.draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        on_error = data.draw(st.sampled_from(["stop", "continue"]))
        conduct = Conduct(Retry(data.draw(st.integers(1, 2)), 0.0), on_error=on_error)
        steps.append(Step(number, f"n{number}", "run", Constant({}), conduct, {}, tuple(needs)))
    followers = {n: tuple(s.number for s in steps if n in s.needs) for n in range(count)}
    full = tuple(
        Step(s.number, s.name, s.kind, s.arguments, s.conduct, {}, s.needs, followers[s.number])
        for s in steps
    )
    outcomes = [data.draw(st.sampled_from([Outcome.OK, Outcome.OK, Outcome.TIMEOUT,
                Outcome.EVIDENCE_FAILED])) for _ in steps]  # fmt: skip
    log = Told()
    program = Program("p", full, concurrency=concurrency)
    result = ran(program, lambda t: Done(outcomes[int(t.node[1:])]), log=log)
    ends = [line.split()[1] for line in log.lines if line.startswith("end")]
    assert sorted(ends) == sorted(step.name for step in full)
    for step in full:
        start = f"start {step.name} 1"
        for need in step.needs:
            if start in log.lines:
                assert log.lines.index(f"end n{need} ok") < log.lines.index(start)
    failed = any(n.status is Status.FAILED and not n.handled for n in result.nodes)
    assert failed == (not result.outcome.happened and result.outcome is not Outcome.NO_CHANGE)


def test_what_a_call_could_cost_counts_against_the_nodes_own_limit_too() -> None:
    def act(task: Task) -> Done:
        for _ in range(3):
            task.gateway.perform("spawn", "", str, worst=Amounts(calls=1))
        return OK

    program = pipeline("    a: {run: {argv: [x]}, limits: {max_calls: 2}}\n")
    result = ran(program, act)
    assert result.outcome is Outcome.BUDGET
    assert "node a: max_calls 2: 0 left" in result.reason
    assert BudgetError.outcome == result.outcome.value
