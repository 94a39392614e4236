"""The nodes of a pipeline in an order: approvals put in, needs found, cycles told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hexci.domain.law.caps import Cap, CapLayer
from hexci.domain.manifests.faults import Fault
from hexci.domain.manifests.pipeline import Node, Policy
from hexci.usecases.expand_macros import Expanded
from hexci.usecases.nearest_name import missing


@dataclass(frozen=True, slots=True)
class Order:
    """Nodes, each after what it needs. `needs` are the numbers of those before it."""

    nodes: tuple[Node, ...]
    numbers: Mapping[str, int]
    needs: tuple[tuple[int, ...], ...]
    # for each node the set of nodes before it, as bits
    before: tuple[int, ...]


def order_nodes(expanded: Expanded, policies: Mapping[str, Policy], faults: list[Fault]) -> Order:
    """The order of the nodes; those in a cycle come last, with a fault."""
    needed = _Needed(expanded, faults)
    nodes = needed.ordered([*_with_approvals(expanded.nodes, policies)])
    numbers = {node.name: number for number, node in enumerate(nodes)}
    needs: list[tuple[int, ...]] = []
    before: list[int] = []
    for node in nodes:
        known = tuple(numbers[name] for name in needed.by(node) if name in numbers)
        bits = 0
        for need in known:
            if need < len(before):
                bits |= before[need] | 1 << need
        needs.append(known)
        before.append(bits)
    return Order(tuple(nodes), numbers, tuple(needs), tuple(before))


class _Needed:
    def __init__(self, expanded: Expanded, faults: list[Fault]) -> None:
        self._ends = expanded.ends
        self._faults = faults

    def ordered(self, nodes: Sequence[Node]) -> list[Node]:
        by_name = {node.name: node for node in nodes}
        waiting: dict[str, int] = {}
        followers: dict[str, list[Node]] = {}
        for node in nodes:
            known = []
            for need in self.by(node):
                if need in by_name:
                    known.append(need)
                else:
                    said = f"{node.name}: {missing('node', need, by_name)}"
                    self._fault("MAN005", node, ("needs",), said)
            waiting[node.name] = len(known)
            for need in known:
                followers.setdefault(need, []).append(node)
        ready = [node for node in nodes if not waiting[node.name]]
        for node in ready:
            for follower in followers.get(node.name, ()):
                waiting[follower.name] -= 1
                if not waiting[follower.name]:
                    ready.append(follower)
        stuck = [node for node in nodes if waiting[node.name]]
        if stuck:
            names = ", ".join(node.name for node in stuck[:10])
            self._fault("MAN006", stuck[0], (), f"these nodes wait for each other: {names}")
        return [*ready, *stuck]

    def by(self, node: Node) -> tuple[str, ...]:
        """The names that a node waits for, a used macro's ends for the macro."""
        if not self._ends:
            return node.needs
        found: list[str] = []
        waiting = list(node.needs)
        while waiting:
            name = waiting.pop()
            if name in self._ends:
                waiting += self._ends[name]
            else:
                found.append(name)
        return tuple(found)

    def _fault(self, rule: str, node: Node, at: tuple[str, ...], message: str) -> None:
        self._faults.append(Fault(rule, node.origin, (*node.path, *at), message))


def _with_approvals(nodes: Sequence[Node], policies: Mapping[str, Policy]) -> Iterator[Node]:
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
