"""Makes the guards of an answer: from a graph, its rules and what they found."""

from array import array
from collections.abc import Callable, Iterable, Sequence

from hexci.domain.boundaries.cycles import knots_of
from hexci.domain.boundaries.graph import Graph, Links
from hexci.domain.boundaries.guards import Cycles, Guards
from hexci.domain.boundaries.judging import acyclic, edges
from hexci.domain.boundaries.judging.matrix import may, placement
from hexci.domain.boundaries.python.resolve import roots_of
from hexci.domain.boundaries.reporting import watched_for_users
from hexci.domain.boundaries.rulebook import Judgement
from hexci.domain.boundaries.settings import (
    Acyclic,
    External,
    Forbidden,
    Interface,
    Matrix,
    Protected,
    Rule,
    Settings,
)

_MANY = 1 << 30
_MOST_SETS = 64  # the bits of a number in `froms` and `intos`


def guards_of(
    settings: Settings, graph: Graph, judgement: Judgement, everything: Iterable[str]
) -> Guards | None:
    """The guards of an answer; None where they would need more sets than a number has bits.

    `everything` are all paths of the tree.
    """
    making = _Making(graph, judgement)
    for rule in settings.rules:
        making.watch(rule)
        if making.sets > _MOST_SETS:
            return None
    python = [path for path in graph.paths if path.endswith((".py", ".pyi"))]
    return Guards(
        paths="\0".join(["", *graph.paths, ""]),
        roots=roots_of(python, everything, settings.roots),
        least=settings.coverage,
        froms=array("Q", making.froms),
        intos=array("Q", making.intos),
        externals=bytes(making.externals),
        tests=bytes(graph.tests),
        used=_users(settings, graph),
        cycles=making.cycles,
    )


def _users(settings: Settings, graph: Graph) -> "array[int]":
    """How many imports lead to each node that is told of when there is none; else very many."""
    watched = watched_for_users(settings, graph)
    if not watched:
        return array("i")
    users = array("i", [0 if node in watched else _MANY for node in range(len(graph.paths))])
    for target in graph.imports(type_only=True, tests=False).targets:
        users[target] += 1
    return users


class _Making:
    """Adds the sets of rule after rule."""

    def __init__(self, graph: Graph, judgement: Judgement) -> None:
        self._graph, self._judgement = graph, judgement
        self.sets = 0
        self.froms = [0] * len(graph.paths)
        self.intos = [0] * len(graph.paths)
        self.externals = bytearray(len(graph.paths))
        self.cycles = [self._cycles(graph.imports(type_only=False, tests=False), tests=False)]

    def watch(self, rule: Rule) -> None:
        """Adds what a rule watches."""
        graph = self._graph
        if isinstance(rule, Matrix):
            self._matrix(rule)
        elif isinstance(rule, Acyclic):
            self._acyclic(rule)
        elif isinstance(rule, Forbidden):
            self._forbidden(rule)
        elif isinstance(rule, External):
            for node in edges.members(rule.sources, graph):
                self.externals[node] |= rule.tests or not graph.tests[node]
        elif isinstance(rule, Interface):
            inside = edges.members(rule.package, graph)
            self._into(rule, inside - edges.members(rule.exposed, graph), inside)
        elif isinstance(rule, Protected):
            modules = edges.members(rule.modules, graph)
            self._into(rule, modules, modules | edges.members(rule.allowed, graph))
        else:
            self.sets += _MOST_SETS + 1  # a kind that nobody knows how to guard

    def _links(self, rule: Rule) -> Links:
        return self._graph.imports(type_only=rule.type_only, tests=rule.tests, lazy=rule.lazy)

    # -- cycles -------------------------------------------------------------------------------

    def _cycles(self, links: Links, *, tests: bool) -> Cycles:
        ranks = array("i", links.knots().ranks)
        for node in () if tests else _marked(self._graph.tests):
            ranks[node] = -1
        return Cycles(ranks, array("i"), links.first, links.targets, [])

    def _acyclic(self, rule: Acyclic) -> None:
        graph = self._graph
        links = self._links(rule)
        if rule.by == "module":
            self.cycles.append(self._cycles(links, tests=rule.tests))
            return
        units = acyclic.units_of(rule, graph)
        numbers = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
        own = array("i", [numbers[unit] for unit in units])
        leads: list[set[int]] = [set() for _ in numbers]
        for node, unit in enumerate(own):
            leads[unit].update([own[target] for target in links.successors(node)])
        adjacent = [sorted(targets) for targets in leads]
        ranks = knots_of(len(adjacent), adjacent.__getitem__).ranks
        kept = [ranks[unit] if units[node] else -1 for node, unit in enumerate(own)]
        self.cycles.append(Cycles(array("i", kept), own, array("i"), array("i"), []))

    # -- who may import whom ------------------------------------------------------------------

    def _matrix(self, rule: Matrix) -> None:
        """A set for each group; where its members stand apart, for each of them."""
        placed = placement(rule, self._graph)
        numbers: dict[tuple[int, str], int] = {}
        first: list[int] = []  # a node of each set
        of_node = [-1] * len(placed.groups)
        for node, group in enumerate(placed.groups):
            if group >= 0:
                named = (group, placed.parts[node] if group in rule.apart else "")
                of_node[node] = numbers.setdefault(named, len(first))
                if of_node[node] == len(first):
                    first.append(node)
        base = self.sets
        self.sets += len(first)
        if self.sets > _MOST_SETS:
            return
        lets = [
            sum(
                [1 << number for number, node in enumerate(first) if may(rule, placed, node, other)]
            )
            for other in first
        ]
        every = (1 << len(first)) - 1
        own = [1 << number for number in range(len(first))]
        self._spread(rule, of_node, [*own, 0], base, self.froms)
        # the last is for nodes in no group; a chain may go through those
        into = [*(a | b for a, b in zip(own, lets, strict=True)), 0 if rule.transitive else every]
        self._spread(None, of_node, into, base, self.intos)
        # most often nothing leads to a module in no group, and there is nothing to go through
        passed = {node for node, one in enumerate(of_node) if one < 0}
        if rule.transitive and not passed.isdisjoint(self._links(rule).targets):
            for number in range(len(first)):
                members = [node for node, one in enumerate(of_node) if one == number]
                self._reach(rule, base + number, members, lambda node: of_node[node] < 0)

    def _forbidden(self, rule: Forbidden) -> None:
        sources = edges.members(rule.sources, self._graph)
        targets = edges.members(rule.targets, self._graph) - sources
        if not rule.transitive:
            self._into(rule, targets, set(range(len(self.froms))) - sources)
            return
        base, others = self.sets, set(range(len(self.froms))) - sources
        self._into(rule, others, others)
        self._reach(rule, base, sorted(sources), lambda node: node not in targets)

    def _into(self, rule: Rule, targets: set[int], free: set[int]) -> None:
        """A set of all that is not `free`; it lets in all but `targets`."""
        nodes, base = range(len(self.froms)), self.sets
        self._spread(rule, [node in free for node in nodes], [1, 0], base, self.froms)
        self._spread(None, [node in targets for node in nodes], [1, 0], base, self.intos)
        self.sets += 1

    def _spread(
        self, rule: Rule | None, of_node: Sequence[int], bits: list[int], base: int, into: list[int]
    ) -> None:
        """Gives every node the bits of its own number; not to tests that a `rule` leaves out."""
        shifted = [some << base for some in bits]
        into[:] = [known | shifted[one] for known, one in zip(into, of_node, strict=True)]
        if rule is not None and not rule.tests:
            for node in _marked(self._graph.tests):
                into[node] &= (1 << base) - 1

    def _reach(
        self, rule: Rule, number: int, members: list[int], may_pass: Callable[[int], bool]
    ) -> None:
        """A chain goes on from what it reaches; where there is one already, it may get shorter."""
        links = self._links(rule)
        inside = frozenset(members)
        broken = any(
            violation.rule is rule and violation.node in inside
            for violation in self._judgement.violations
        )
        waiting, seen = list(members), set(members)
        while waiting:
            for target in links.successors(waiting.pop()):
                if target not in seen and may_pass(target):
                    seen.add(target)
                    waiting.append(target)
        for node in seen - inside:
            self.froms[node] |= 1 << number
            if not broken:
                self.intos[node] |= 1 << number


def _marked(marks: bytearray) -> Iterable[int]:
    return [node for node, mark in enumerate(marks) if mark]
