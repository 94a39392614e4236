"""Macros: a node that uses one becomes the macro's nodes, put in as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hexci.domain.canonical import Json
from hexci.domain.manifests.faults import Fault
from hexci.domain.manifests.pipeline import Input, Macro, Node
from hexci.domain.manifests.templates import Reference, substituted

_DEEPEST = 10
_MOST_NODES = 5_000


@dataclass(frozen=True, slots=True)
class Expanded:
    """The nodes without macros. `ends`: for a used macro, the nodes that others wait for.

    `outputs`: what `${node.output}` of a used macro stands for.
    """

    nodes: tuple[Node, ...]
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outputs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def expand_macros(
    nodes: Sequence[Node], macros: Mapping[str, Macro], faults: list[Fault]
) -> Expanded:
    """`nodes` with macros replaced by their nodes; what cannot be is a fault."""
    if not any(node.kind == "use" for node in nodes):
        return Expanded(tuple(nodes))
    expander = _Expander(macros, faults)
    expander.add(nodes, depth=0)
    return Expanded(tuple(expander.nodes), expander.ends, expander.outputs)


class _Expander:
    def __init__(self, macros: Mapping[str, Macro], faults: list[Fault]) -> None:
        self._macros = macros
        self._faults = faults
        self.nodes: list[Node] = []
        self.ends: dict[str, tuple[str, ...]] = {}
        self.outputs: dict[str, Mapping[str, str]] = {}

    def add(self, nodes: Sequence[Node], *, depth: int) -> None:
        for node in nodes:
            if node.kind == "use":
                self._use(node, depth)
            elif len(self.nodes) < _MOST_NODES:
                self.nodes.append(node)
            else:
                self._fault(node, f"macros make more than {_MOST_NODES:,} nodes")
                return

    def _use(self, node: Node, depth: int) -> None:
        name = str(node.arguments["macro"])
        macro = self._macros.get(name)
        if macro is None:
            self._fault(node, f"there is no macro {name!r} here")
            return
        if depth >= _DEEPEST:
            self._fault(node, f"macros are nested deeper than {_DEEPEST}")
            return
        given = node.arguments.get("with")
        values = self._values(node, macro, given if isinstance(given, dict) else {})
        inner = [self._placed(node, part, macro, values) for part in macro.nodes]
        needed = {need for part in macro.nodes for need in part.needs}
        self.ends[node.name] = tuple(
            f"{node.name}/{part.name}" for part in macro.nodes if part.name not in needed
        )
        names = frozenset(part.name for part in macro.nodes)
        self.outputs[node.name] = {
            key: str(_renamed(value, node.name, names, values))
            for key, value in macro.outputs.items()
        }
        self.add(inner, depth=depth + 1)

    def _values(self, node: Node, macro: Macro, given: Mapping[str, Json]) -> dict[str, Json]:
        for key in given.keys() - macro.inputs.keys():
            known = ", ".join(macro.inputs) or "none"
            self._fault(node, f"macro {macro.name} has no input {key!r} (its inputs: {known})")
        for key, wanted in macro.inputs.items():
            if key not in given and wanted.required:
                self._fault(node, f"macro {macro.name} needs the input {key!r}")
        return {key: given.get(key, _default(wanted)) for key, wanted in macro.inputs.items()}

    def _placed(self, use: Node, part: Node, macro: Macro, values: Mapping[str, Json]) -> Node:
        """A macro's node under the name of the node that uses it, and under its law."""
        names = frozenset(inner.name for inner in macro.nodes)
        arguments = {
            key: _renamed(value, use.name, names, values) for key, value in part.arguments.items()
        }
        needs = tuple(f"{use.name}/{need}" for need in part.needs) or use.needs
        condition = str(_renamed(part.when, use.name, names, values))
        both = " and ".join(f"({text})" for text in (use.when, condition) if text)
        return replace(
            part,
            name=f"{use.name}/{part.name}",
            arguments=arguments,
            needs=needs,
            when=both,
            caps=part.caps or use.caps,
            limits=part.limits if not part.limits.is_open else use.limits,
            policy=part.policy or use.policy,
            conduct=part.conduct or use.conduct,
        )

    def _fault(self, node: Node, message: str) -> None:
        self._faults.append(Fault("MAN009", node.origin, node.path, f"{node.name}: {message}"))


def _default(wanted: Input) -> Json:
    return wanted.default if wanted.default is not None else ""


def _renamed(value: Json, prefix: str, names: frozenset[str], values: Mapping[str, Json]) -> Json:
    """`value` with the macro's inputs put in and its nodes' names under `prefix`."""

    def lookup(reference: Reference) -> Json | None:
        first, *rest = reference.parts
        if first == "inputs" and len(rest) == 1 and rest[0] in values:
            return values[rest[0]]
        if first in names:
            return str(Reference((f"{prefix}/{first}", *rest)))
        return None

    try:
        return substituted(value, lookup)
    except ValueError:
        return value  # a reference that is none is told when the node is compiled
