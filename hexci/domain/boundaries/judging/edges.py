"""Rules about single imports or chains: forbidden, interface, protected, external."""

from collections.abc import Iterator

from hexci.domain.boundaries.chains import shortest_chains
from hexci.domain.boundaries.graph import Graph
from hexci.domain.boundaries.kinds import LAZY, TEST, TYPE_ONLY
from hexci.domain.boundaries.settings import External, Forbidden, Group, Interface, Protected, Rule
from hexci.domain.boundaries.violations import Violation, arrow, quoted


def judge_forbidden(rule: Forbidden, graph: Graph) -> Iterator[Violation]:
    """Imports from the sources to the targets; with `transitive`, chains too."""
    sources = members(rule.sources, graph)
    targets = members(rule.targets, graph) - sources
    what = f"{rule.sources.name} may not import {rule.targets.name}"
    adjacent = graph.imports(type_only=rule.type_only, tests=rule.tests, lazy=rule.lazy)
    if not rule.transitive:
        for node in sorted(sources):
            for row in adjacent[node]:
                if graph.targets[row] in targets:
                    yield _violation(rule, graph, node, (row,), what)
        return
    found = shortest_chains(
        adjacent, sources, is_target=targets.__contains__, may_pass=lambda _: True
    )
    for node, chain in found:
        yield _violation(rule, graph, node, chain, what)


def judge_interface(rule: Interface, graph: Graph) -> Iterator[Violation]:
    """Imports from outside the package of what it does not expose."""
    inside = members(rule.package, graph)
    hidden = inside - members(rule.exposed, graph)
    what = f"{rule.package.name} is used through {', '.join(rule.exposed.patterns)} only"
    yield from _into(rule, graph, hidden, inside, what)


def judge_protected(rule: Protected, graph: Graph) -> Iterator[Violation]:
    """Imports of protected modules by others than those allowed."""
    modules = members(rule.modules, graph)
    allowed = modules | members(rule.allowed, graph)
    who = ", ".join(rule.allowed.patterns) or "nobody"
    what = f"{rule.modules.name} may be imported by {who} only"
    yield from _into(rule, graph, modules, allowed, what)


def judge_external(rule: External, graph: Graph) -> Iterator[Violation]:
    """Imports of packages from outside that the sources may not use."""
    sources = members(rule.sources, graph)
    known: dict[tuple[int, int], str] = {}  # the same words again and again
    for node, row in graph.externals():
        if node not in sources:
            continue
        words = graph.targets[row], graph.specs[row]
        refused = known.get(words)
        if refused is None:
            refused = known[words] = _refused(rule, graph.name(words[0]), graph.text(row))
        if refused and counts(rule, graph, node, row):
            what = f"{rule.sources.name} may not use the package {refused}"
            yield _violation(rule, graph, node, (row,), what)


def counts(rule: Rule, graph: Graph, node: int, row: int) -> bool:
    """Whether a row counts under a rule's settings for type-only, lazy and test imports."""
    bits = graph.bits(row)
    if not rule.tests and (graph.tests[node] or bits & TEST):
        return False
    left_out = (0 if rule.type_only else TYPE_ONLY) | (0 if rule.lazy else LAZY)
    return not bits & left_out


def in_list(package: str, names: tuple[str, ...]) -> bool:
    """Whether a package is one of `names` or below one (`google.*` is all of google)."""
    for name in names:
        whole = name.removesuffix(".*").removesuffix("/*")
        if package == whole or package.startswith((f"{whole}.", f"{whole}/", f"{whole}::")):
            return True
    return "*" in names


def _refused(rule: External, package: str, text: str) -> str:
    """The package, or the name in it, that the rule refuses; empty for none.

    `deny: [pathlib.Path]` refuses that name and lets the rest of pathlib be.
    """
    if in_list(package, rule.deny):
        return package
    module, _, names = text.partition(":")
    for name in names.split(",") if names else ():
        if in_list(f"{module}.{name}", rule.deny):
            return f"{module}.{name}"
    return "" if rule.allow is None or in_list(package, rule.allow) else package


def _into(
    rule: Rule, graph: Graph, targets: set[int], free: set[int], what: str
) -> Iterator[Violation]:
    adjacent = graph.imports(type_only=rule.type_only, tests=rule.tests, lazy=rule.lazy)
    for node, rows in enumerate(adjacent):
        if node not in free:
            for row in rows:
                if graph.targets[row] in targets:
                    yield _violation(rule, graph, node, (row,), what)


def members(group: Group, graph: Graph) -> set[int]:
    """The nodes that a group selects."""
    placed = graph.placed([group.patterns]).groups
    return {node for node, number in enumerate(placed) if number >= 0}


def _violation(rule: Rule, graph: Graph, node: int, chain: tuple[int, ...], what: str) -> Violation:
    return Violation(
        rule,
        node,
        chain,
        graph.modules[node],
        graph.module(graph.targets[chain[-1]]),
        f"{what}: {arrow(graph, node, chain)} ({quoted(graph, chain[0])})",
        rule.fix,
    )
