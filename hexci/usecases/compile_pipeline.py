"""A pipeline as a program: macros expanded, references checked, order found. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from hexci.domain.canonical import Json
from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.manifests.conditions import Literal, Term, condition_references, parse_condition
from hexci.domain.manifests.faults import Fault, Path
from hexci.domain.manifests.pipeline import NODE_KINDS, Conduct, Node, Pipeline, Policy
from hexci.domain.manifests.program import Each, Program, Step
from hexci.domain.manifests.shelf import Scope
from hexci.domain.manifests.templates import Constant, Reference, Template, compiled, references
from hexci.usecases.expand_macros import Expanded, expand_macros

# What `${run.…}` knows, and what every node tells beside its outputs.
RUN_FACTS = frozenset({"id", "actor", "event", "base", "head", "attempt"})
NODE_FACTS: Mapping[str, str] = {"status": "string", "reason": "string", "outcome": "string"}
_PLAIN = Conduct()


def compile_pipeline(
    pipeline: Pipeline, scope: Scope, doers: Collection[str] | None = None
) -> tuple[Program | None, tuple[Fault, ...]]:
    """The program, None when there are faults. `doers`: the kinds that can be carried out here."""
    faults: list[Fault] = []
    expanded = expand_macros(pipeline.nodes, scope.macros, faults)
    compiler = _Compiler(pipeline, scope, expanded, faults)
    program = compiler.program()
    if (pipeline.lock or pipeline.budget) and not any(
        cap.verb == "state" for cap in pipeline.caps.allow or ()
    ):
        said = f"{pipeline.name} needs state for its lock or budget, and does not grant it"
        faults.append(Fault("MAN010", pipeline.origin, ("spec",), said, "Grant it: caps: [state]"))
    if doers is not None:
        faults += _undoable(program, expanded, doers)
    return (None if faults else program), tuple(faults)


def _undoable(program: Program, expanded: Expanded, doers: Collection[str]) -> Iterator[Fault]:
    nodes = {node.name: node for node in expanded.nodes}
    for step in program.steps:
        kind = step.each.kind if step.each else step.kind
        if kind not in doers and step.name in nodes:
            node = nodes[step.name]
            said = f"{step.name}: nothing here can carry out {kind!r} ({NODE_KINDS[kind].means})"
            known = f"Remove the node; what can be carried out: {', '.join(sorted(doers))}."
            yield Fault("MAN013", node.origin, node.path, said, known)


class _Compiler:
    def __init__(
        self, pipeline: Pipeline, scope: Scope, expanded: Expanded, faults: list[Fault]
    ) -> None:
        self._pipeline = pipeline
        self._scope = scope
        self._expanded = expanded
        self._faults = faults
        self._authority = Authority((pipeline.caps,))
        self._nodes = [*_with_approvals(expanded.nodes, scope.policies)]
        self._numbers: dict[str, int] = {}
        # for each step the set of steps before it, as bits
        self._before: list[int] = []

    def program(self) -> Program:
        ordered = self._ordered()
        self._numbers = {node.name: number for number, node in enumerate(ordered)}
        for node in ordered:
            before = 0
            for name in self._needs(node):
                need = self._numbers.get(name, len(self._before))
                if need < len(self._before):
                    before |= self._before[need] | 1 << need
            self._before.append(before)
        steps = [self._step(at, node) for at, node in enumerate(ordered)]
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
            {key: self._output(key, value) for key, value in pipeline.outputs.items()},
            pipeline.caps,
            pipeline.limits,
            pipeline.concurrency,
            lock=pipeline.lock,
            budget=pipeline.budget,
        )  # fmt: skip

    def _ordered(self) -> list[Node]:
        """The nodes, each after what it needs; those in a cycle at the end, with a fault."""
        by_name = {node.name: node for node in self._nodes}
        waiting: dict[str, int] = {}
        followers: dict[str, list[Node]] = {}
        for node in self._nodes:
            known = []
            for need in self._needs(node):
                if need in by_name:
                    known.append(need)
                else:
                    self._unknown_need(node, need, by_name)
            waiting[node.name] = len(known)
            for need in known:
                followers.setdefault(need, []).append(node)
        ready = [node for node in self._nodes if not waiting[node.name]]
        for node in ready:
            for follower in followers.get(node.name, ()):
                waiting[follower.name] -= 1
                if not waiting[follower.name]:
                    ready.append(follower)
        stuck = [node for node in self._nodes if waiting[node.name]]
        if stuck:
            names = ", ".join(node.name for node in stuck[:10])
            said = f"these nodes wait for each other: {names}"
            self._fault("MAN006", stuck[0], (), said)
        return [*ready, *stuck]

    def _needs(self, node: Node) -> tuple[str, ...]:
        """The names that a node waits for, a used macro's ends for the macro."""
        ends = self._expanded.ends
        if not ends:
            return node.needs
        found: list[str] = []
        waiting = list(node.needs)
        while waiting:
            name = waiting.pop()
            if name in ends:
                waiting += ends[name]
            else:
                found.append(name)
        return tuple(found)

    def _step(self, number: int, node: Node) -> Step:
        policy = self._policy(node)
        condition = self._condition(node)
        each = self._each(node) if node.kind == "foreach" else None
        arguments: Template = (
            Constant({}) if each else self._template(node, dict(node.arguments), (node.kind,))
        )
        self._check_caps(node)
        asks = frozenset(
            self._numbers[ref.parts[0]]
            for ref in (condition_references(condition) if condition else ())
            if ref.parts[0] in self._numbers
        )
        return Step(
            number,
            node.name,
            node.kind,
            arguments,
            node.conduct or (policy.conduct if policy else _PLAIN),
            node.gives,
            tuple(self._numbers[need] for need in self._needs(node) if need in self._numbers),
            (),
            condition,
            asks,
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
            self._fault("MAN009", node, ("policy",), f"there is no policy {node.policy!r} here")
        return policy

    def _condition(self, node: Node) -> Term | None:
        if not node.when:
            return None
        try:
            term = parse_condition(self._unmacroed(node.when))
        except ValueError as error:
            self._fault("MAN003", node, ("when",), f"{node.name}: {error}")
            return Literal(value=True)
        for reference in condition_references(term):
            self._check(node, reference, ("when",))
        return term

    def _each(self, node: Node) -> Each | None:
        body = node.arguments["do"]
        assert isinstance(body, dict)  # noqa: S101 - the model has it so
        kind, arguments = next((k, v) for k, v in body.items() if v is not None)
        over = self._template(node, node.arguments["over"], ("foreach", "over"))
        if isinstance(over, Reference) and self._type_of(node, over) not in {"list", ""}:
            said = f"{node.name}: {over} is {self._type_of(node, over)}, a list is wanted"
            self._fault("MAN007", node, ("foreach", "over"), said)
        inner = self._template(node, arguments, ("foreach", "do", kind), items=True)
        concurrency = node.arguments["concurrency"]
        return Each(over, kind, inner, concurrency if isinstance(concurrency, int) else 1)

    def _output(self, key: str, value: Json) -> Template:
        try:
            template = compiled(self._unmacroed_value(value))
        except ValueError as error:
            self._at_outputs(key, str(error))
            return Constant(None)
        for reference in references(template):
            first = reference.parts[0]
            if first == "inputs":
                continue
            if first not in self._numbers:
                self._at_outputs(key, f"{reference}: there is no node {first!r}")
            elif len(reference.parts) < 2 or reference.parts[1] not in self._facts(first):
                known = ", ".join(self._facts(first))
                self._at_outputs(key, f"{reference}: {first} gives {known}")
        return template

    def _at_outputs(self, key: str, message: str) -> None:
        path = ("spec", "outputs", key)
        self._faults.append(Fault("MAN007", self._pipeline.origin, path, message))

    def _facts(self, name: str) -> Mapping[str, str]:
        node = next(node for node in self._nodes if node.name == name)
        return {**node.gives, **NODE_FACTS}

    # -- references -----------------------------------------------------------------------------

    def _template(
        self, node: Node, value: Json, at: tuple[str, ...], *, items: bool = False
    ) -> Template:
        try:
            template = compiled(self._unmacroed_value(value))
        except ValueError as error:
            self._fault("MAN007", node, at, f"{node.name}: {error}")
            return Constant(None)
        if not isinstance(template, Constant):
            for reference in references(template):
                self._check(node, reference, at, items=items)
        return template

    def _unmacroed_value(self, value: Json) -> Json:
        if not self._expanded.outputs:
            return value
        match value:
            case str():
                return self._unmacroed(value)
            case list():
                return [self._unmacroed_value(item) for item in value]
            case dict():
                return {key: self._unmacroed_value(item) for key, item in value.items()}
        return value

    def _unmacroed(self, text: str) -> str:
        """References to outputs of a used macro as references to what they stand for."""
        for _ in range(10):
            before = text
            for name, outputs in self._expanded.outputs.items():
                for key, stands_for in outputs.items():
                    text = text.replace(f"${{{name}.{key}}}", stands_for)
            if text == before:
                break
        return text

    def _check(self, node: Node, reference: Reference, at: Path, *, items: bool = False) -> None:
        said = self._wrong(node, reference, items=items)
        if said:
            self._fault("MAN007", node, at, f"{node.name}: {reference}: {said}")
        elif reference.parts[0] == "env":
            self._check_secret(node, reference.parts[1])

    def _wrong(self, node: Node, reference: Reference, *, items: bool) -> str:
        first, *rest = reference.parts
        if first in {"item", "index"}:
            return "" if items else "only inside foreach"
        if not rest:
            return f"say which part, such as ${{{first}.output}}"
        if first == "inputs":
            return _missing("input", rest[0], self._pipeline.inputs)
        if first == "run":
            return _missing("fact of the run", rest[0], RUN_FACTS)
        if first == "env":
            return "" if len(rest) == 1 else "an environment variable has no parts"
        if first not in self._numbers:
            return _missing("node", first, self._numbers)
        if not self._before[self._numbers[node.name]] >> self._numbers[first] & 1:
            return f"{first} may not have ended; add it: needs: [{first}]"
        return _missing(f"output of {first}", rest[0], self._facts(first))

    def _type_of(self, node: Node, reference: Reference) -> str:
        """The type of what a reference names; empty where only the run can tell."""
        first, *rest = reference.parts
        if len(rest) != 1 or self._wrong(node, reference, items=False):
            return ""
        if first == "inputs":
            return self._pipeline.inputs[rest[0]].type
        return self._facts(first).get(rest[0], "") if first in self._numbers else ""

    # -- law ------------------------------------------------------------------------------------

    def _check_caps(self, node: Node) -> None:
        kinds = [node.kind]
        if node.kind == "foreach":
            body = node.arguments["do"]
            kinds += [k for k, v in body.items() if v is not None] if isinstance(body, dict) else []
        granted = {cap.verb for cap in self._pipeline.caps.allow or ()}
        wanted = {verb for kind in kinds for verb in NODE_KINDS[kind].caps}
        for verb in sorted(wanted - granted):
            said = f"{node.name} needs {verb}, which pipeline {self._pipeline.name} does not grant"
            self._fault("MAN010", node, (), said, f"Grant it: spec.caps: [{verb}]")
        for cap in node.caps.allow or () if node.caps else ():
            if cap.verb not in granted:
                said = f"{node.name} asks for {cap}, more than pipeline {self._pipeline.name} has"
                self._fault("MAN010", node, ("caps",), said)
        own = {cap.verb for cap in node.caps.allow or ()} if node.caps else granted
        if node.caps is not None and node.caps.allow is not None:
            for verb in sorted((wanted & granted) - own):
                said = f"{node.name} needs {verb}, which its own caps do not allow"
                self._fault("MAN010", node, ("caps",), said)

    def _check_secret(self, node: Node, name: str) -> None:
        authority = self._authority.narrowed(node.caps) if node.caps else self._authority
        refusal = authority.refusal("secret", name)
        if refusal:
            fix = f"Grant it: spec.caps: [{Cap('secret', name)}]"
            self._fault("MAN010", node, (), f"{node.name}: {refusal}", fix)

    # -- faults ---------------------------------------------------------------------------------

    def _unknown_need(self, node: Node, need: str, known: Collection[str]) -> None:
        said = f"{node.name}: {_missing('node', need, known)}"
        self._fault("MAN005", node, ("needs",), said)

    def _fault(self, rule: str, node: Node, at: Path, message: str, fix: str = "") -> None:
        self._faults.append(Fault(rule, node.origin, (*node.path, *at), message, fix))


def _missing(what: str, name: str, known: Collection[str]) -> str:
    """That there is no such thing, with the nearest; empty when there is."""
    if name in known:
        return ""
    near = get_close_matches(name, known, n=1)
    listed = ", ".join(sorted(known)[:20]) or "there are none"
    advice = f"did you mean {near[0]!r}?" if near else f"known: {listed}"
    return f"there is no {what} {name!r}; {advice}"


def _with_approvals(nodes: Collection[Node], policies: Mapping[str, Policy]) -> Iterator[Node]:
    """Before a node whose policy wants approval stands a wait of its own."""
    for node in nodes:
        policy = policies.get(node.policy)
        if policy is None or not policy.approval:
            yield node
            continue
        wait = replace(
            node, name=f"{node.name}/approval", kind="wait", conduct=None, policy="", outputs={},
            arguments={"reason": f"policy {policy.name} wants an approval before {node.name}"},
            caps=CapLayer(f"policy {policy.name}", (Cap("state"),)),
        )  # fmt: skip
        yield wait
        yield replace(node, needs=(*node.needs, wait.name))
