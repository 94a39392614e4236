"""References of a pipeline: each must name what is there when its node starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.manifests.conditions import Literal, Term, condition_references, parse_condition
from hexci.domain.manifests.faults import Fault, Path
from hexci.domain.manifests.pipeline import Node, Pipeline
from hexci.domain.manifests.templates import Constant, Reference, Template, compiled, references
from hexci.usecases.nearest_name import missing
from hexci.usecases.order_nodes import Order

# What `${run.…}` knows, and what every node tells beside its outputs.
RUN_FACTS = frozenset({"id", "actor", "event", "base", "head", "attempt"})
NODE_FACTS: Mapping[str, str] = {"status": "string", "reason": "string", "outcome": "string"}


@dataclass(frozen=True, slots=True)
class References:
    """Parses what nodes and outputs say, and judges it. `stands_for`: outputs of used macros."""

    pipeline: Pipeline
    order: Order
    stands_for: Mapping[str, Mapping[str, str]]
    faults: list[Fault]

    def condition(self, node: Node) -> Term | None:
        """The `when` of a node."""
        if not node.when:
            return None
        try:
            term = parse_condition(self._unmacroed(node.when))
        except ValueError as error:
            self._fault(node, ("when",), f"{node.name}: {error}", "MAN003")
            return Literal(value=True)
        for reference in condition_references(term):
            self._check(node, reference, ("when",))
        return term

    def template(self, node: Node, value: Json, at: Path, *, items: bool = False) -> Template:
        """An argument of a node; `items`: inside a foreach, where `${item}` is known."""
        try:
            template = compiled(self._unmacroed_value(value))
        except ValueError as error:
            self._fault(node, at, f"{node.name}: {error}")
            return Constant(None)
        if not isinstance(template, Constant):
            for reference in references(template):
                self._check(node, reference, at, items=items)
        return template

    def output(self, key: str, value: Json) -> Template:
        """An output of the whole pipeline."""
        try:
            template = compiled(self._unmacroed_value(value))
        except ValueError as error:
            self._at_outputs(key, str(error))
            return Constant(None)
        for reference in references(template):
            first = reference.parts[0]
            if first == "inputs":
                continue
            if first not in self.order.numbers:
                self._at_outputs(key, f"{reference}: there is no node {first!r}")
            elif len(reference.parts) < 2 or reference.parts[1] not in self._facts(first):
                known = ", ".join(self._facts(first))
                self._at_outputs(key, f"{reference}: {first} gives {known}")
        return template

    def type_of(self, node: Node, reference: Reference) -> str:
        """The type of what a reference names; empty where only the run can tell."""
        first, *rest = reference.parts
        if len(rest) != 1 or self._wrong(node, reference, items=False):
            return ""
        if first == "inputs":
            return self.pipeline.inputs[rest[0]].type
        return self._facts(first).get(rest[0], "") if first in self.order.numbers else ""

    def _facts(self, name: str) -> Mapping[str, str]:
        node = self.order.nodes[self.order.numbers[name]]
        return {**node.gives, **NODE_FACTS}

    def _unmacroed_value(self, value: Json) -> Json:
        if not self.stands_for:
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
            for name, outputs in self.stands_for.items():
                for key, stands_for in outputs.items():
                    text = text.replace(f"${{{name}.{key}}}", stands_for)
            if text == before:
                break
        return text

    def _check(self, node: Node, reference: Reference, at: Path, *, items: bool = False) -> None:
        said = self._wrong(node, reference, items=items)
        if said:
            self._fault(node, at, f"{node.name}: {reference}: {said}")

    def _wrong(self, node: Node, reference: Reference, *, items: bool) -> str:
        first, *rest = reference.parts
        if first in {"item", "index"}:
            return "" if items else "only inside foreach"
        if not rest:
            return f"say which part, such as ${{{first}.output}}"
        if first == "inputs":
            return missing("input", rest[0], self.pipeline.inputs)
        if first == "run":
            return missing("fact of the run", rest[0], RUN_FACTS)
        if first == "env":
            return "" if len(rest) == 1 else "an environment variable has no parts"
        numbers = self.order.numbers
        if first not in numbers:
            return missing("node", first, numbers)
        if not self.order.before[numbers[node.name]] >> numbers[first] & 1:
            return f"{first} may not have ended; add it: needs: [{first}]"
        return missing(f"output of {first}", rest[0], self._facts(first))

    def _at_outputs(self, key: str, message: str) -> None:
        path = ("spec", "outputs", key)
        self.faults.append(Fault("MAN007", self.pipeline.origin, path, message))

    def _fault(self, node: Node, at: Path, message: str, rule: str = "MAN007") -> None:
        self.faults.append(Fault(rule, node.origin, (*node.path, *at), message))
