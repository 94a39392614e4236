"""A pipeline as a program: macros expanded, references checked, order found. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from hexci.domain.law.caps import Authority
from hexci.domain.manifests.conditions import condition_references
from hexci.domain.manifests.faults import Fault, Path
from hexci.domain.manifests.pipeline import NODE_KINDS, Conduct, Node, Pipeline, Policy
from hexci.domain.manifests.program import Each, Program, Step
from hexci.domain.manifests.shelf import Scope
from hexci.domain.manifests.templates import Constant, Reference, Template, references
from hexci.usecases.check_grants import Grants, check_state, check_transition
from hexci.usecases.check_references import References
from hexci.usecases.expand_macros import Expanded, expand_macros
from hexci.usecases.order_nodes import order_nodes

_PLAIN = Conduct()


def compile_pipeline(
    pipeline: Pipeline, scope: Scope, doers: Collection[str] | None = None
) -> tuple[Program | None, tuple[Fault, ...]]:
    """The program, None when there are faults. `doers`: the kinds that can be carried out here."""
    faults: list[Fault] = []
    expanded = expand_macros(pipeline.nodes, scope.macros, faults)
    program = _Compiler(pipeline, scope, expanded, faults).program()
    faults += [*check_state(pipeline), *check_transition(pipeline)]
    if doers is not None:
        faults += _undoable(program, expanded, doers)
    return (None if faults else program), tuple(faults)


def _undoable(program: Program, expanded: Expanded, doers: Collection[str]) -> Iterator[Fault]:
    nodes = {node.name: node for node in expanded.nodes}
    for step in program.steps:
        kind = step.each.kind if step.each else step.kind
        # a node with a condition is judged when it is about to start
        if kind not in doers and step.name in nodes and step.when is None:
            node = nodes[step.name]
            said = f"{step.name}: nothing here can carry out {kind!r} ({NODE_KINDS[kind].means})"
            yield Fault("MAN013", node.origin, node.path, said)


class _Compiler:
    def __init__(
        self, pipeline: Pipeline, scope: Scope, expanded: Expanded, faults: list[Fault]
    ) -> None:
        self._pipeline = pipeline
        self._scope = scope
        self._faults = faults
        self._order = order_nodes(expanded, scope.policies, faults)
        self._references = References(pipeline, self._order, expanded.outputs, faults)
        self._grants = Grants(pipeline, Authority((pipeline.caps,)))

    def program(self) -> Program:
        steps = [self._step(number, node) for number, node in enumerate(self._order.nodes)]
        followers: list[list[int]] = [[] for _ in steps]
        for step in steps:
            for earlier in step.needs:
                followers[earlier].append(step.number)
        pipeline = self._pipeline
        return Program(
            pipeline.name,
            tuple(
                replace(step, followers=tuple(followers[step.number])) if followers[step.number]
                else step for step in steps
            ),
            pipeline.inputs,
            {key: self._references.output(key, value) for key, value in pipeline.outputs.items()},
            pipeline.caps,
            pipeline.limits,
            pipeline.concurrency,
            lock=pipeline.lock,
            budget=pipeline.budget,
            entity=pipeline.entity,
        )  # fmt: skip

    def _step(self, number: int, node: Node) -> Step:
        policy = self._policy(node)
        condition = self._references.condition(node)
        each = self._each(node) if node.kind == "foreach" else None
        arguments: Template = (
            Constant({})
            if each
            else self._references.template(node, dict(node.arguments), (node.kind,))
        )
        asked = tuple(condition_references(condition)) if condition else ()
        named = [*references(arguments), *asked]
        if each:
            named += [*references(each.over), *references(each.arguments)]
        secrets = [ref.parts[1] for ref in named if ref.parts[0] == "env" and len(ref.parts) == 2]
        self._faults += self._grants.faults(node, secrets)
        numbers = self._order.numbers
        return Step(
            number,
            node.name,
            node.kind,
            arguments,
            node.conduct or (policy.conduct if policy else _PLAIN),
            node.gives,
            self._order.needs[number],
            (),
            condition,
            frozenset(numbers[ref.parts[0]] for ref in asked if ref.parts[0] in numbers),
            node.caps,
            node.limits,
            node.policy,
            policy.per_minute if policy else None,
            each,
        )

    def _policy(self, node: Node) -> Policy | None:
        if not node.policy:
            return None
        policy = self._scope.policies.get(node.policy)
        if policy is None:
            said = f"there is no policy {node.policy!r} here"
            self._fault("MAN009", node, ("policy",), said)
        return policy

    def _each(self, node: Node) -> Each | None:
        body = node.arguments["do"]
        assert isinstance(body, dict)  # noqa: S101 - the model has it so
        kind, arguments = next((k, v) for k, v in body.items() if v is not None)
        written = self._references
        over = written.template(node, node.arguments["over"], ("foreach", "over"))
        if isinstance(over, Reference) and written.type_of(node, over) not in {"list", ""}:
            said = f"{node.name}: {over} is {written.type_of(node, over)}, a list is wanted"
            self._fault("MAN007", node, ("foreach", "over"), said)
        inner = written.template(node, arguments, ("foreach", "do", kind), items=True)
        concurrency = node.arguments["concurrency"]
        return Each(over, kind, inner, concurrency if isinstance(concurrency, int) else 1)

    def _fault(self, rule: str, node: Node, at: Path, message: str) -> None:
        self._faults.append(Fault(rule, node.origin, (*node.path, *at), message))
