"""What a person or a program is told about a graph and its judgement."""

from collections.abc import Iterable, Iterator
from itertools import compress

from hexci.domain.boundaries.building import case_collisions
from hexci.domain.boundaries.cycles import shortest_cycle
from hexci.domain.boundaries.exceptions import finding_at
from hexci.domain.boundaries.grade import Coverage, grade
from hexci.domain.boundaries.graph import NOTES, PROBLEM, Graph
from hexci.domain.boundaries.guards import Numbers
from hexci.domain.boundaries.kinds import CONTAINMENT, STRING
from hexci.domain.boundaries.rulebook import Judgement
from hexci.domain.boundaries.settings import Acyclic, Matrix, Settings
from hexci.domain.finding import Finding, Report

# files that are there to be entered, not imported
_NOT = bytes((1, *bytes(255)))  # for `translate`
_ENTERED = frozenset(("__init__", "__main__", "main", "index", "mod", "lib", "build", "setup"))


def report(
    settings: Settings,
    graph: Graph,
    judgement: Judgement,
    numbers: Numbers,
    more: Iterable[Finding] = (),
) -> Report:
    """Every finding and `more`, then the facts: grade, coverage, how many are known already."""
    coverage = numbers.coverage
    knots = graph.imports(type_only=False, tests=False).knots().found
    findings = [
        *judgement.findings,
        *_problems(settings, graph),
        *_unresolved(settings, graph),
        *_collisions(settings, graph),
        *more,
    ]
    if not any(isinstance(rule, Acyclic) for rule in settings.rules):
        findings += _cycles(settings, graph, knots)
    findings += _unused(settings, graph)
    if coverage.share < settings.coverage:
        findings.append(_uncovered(settings, graph, judgement, coverage))
    in_cycles = sum(len(knot) for knot in knots)
    letter = grade(coverage, len(judgement.violations), in_cycles, least=settings.coverage)
    told, imports = numbers.facts()
    facts = [("grade", letter), ("coverage", told), ("imports", imports)]
    excused = len(judgement.violations) - len(judgement.new)
    if excused:
        facts.append(("known", f"{excused} violations in the baseline or ignored"))
    return Report.of("analyze", findings, facts)


def numbers_of(graph: Graph, judgement: Judgement) -> Numbers:
    """What is told of a graph in numbers."""
    inside = sum(graph.leading())
    return Numbers(_coverage_of(graph, judgement), inside, len(graph.paths))


def _coverage_of(graph: Graph, judgement: Judgement) -> Coverage:
    """How much of the tree the judgement speaks of."""
    lost = len({(n, graph.lines[r], graph.specs[r]) for n, r in graph.unresolved()})
    notes = NOTES | CONTAINMENT | STRING
    noted = graph.kinds(notes)
    imports = len(graph.meta) - (sum([meta in noted for meta in graph.meta]) if noted else 0)
    unreadable = len({node for node, _ in graph.marked(PROBLEM)})
    unsaid = [node for node in _in_no_rule(judgement) if _says_nothing(graph, node)]
    files = len(graph.paths) - len(unsaid)
    return Coverage(files, judgement.classified, imports, imports - lost, unreadable)


def _in_no_rule(judgement: Judgement) -> Iterator[int]:
    return compress(range(len(judgement.in_rule)), judgement.in_rule.translate(_NOT))


def _says_nothing(graph: Graph, node: int) -> bool:
    """Whether it is the mark of a package and no more: nothing to judge."""
    return not graph.rows(node) and graph.paths[node].endswith(("__init__.py", "__init__.pyi"))


def _cycles(settings: Settings, graph: Graph, knots: list[list[int]]) -> Iterator[Finding]:
    if not knots:
        return
    links = graph.imports(type_only=False, tests=False)
    for knot in knots:
        cycle = shortest_cycle(links.successors, knot)
        after = cycle[1] if len(cycle) > 1 else cycle[0]
        row = next(r for r in links[cycle[0]] if graph.targets[r] == after)
        names = [graph.modules[node] for node in [*cycle, cycle[0]]]
        more = f" (among {len(knot)} modules)" if len(knot) > len(cycle) else ""
        yield finding_at(
            settings, "HX030", graph.paths[cycle[0]], graph.lines[row], graph.column(row),
            f"import cycle: {' -> '.join(names)}{more}", identity=graph.modules[knot[0]],
        )  # fmt: skip


def _unused(settings: Settings, graph: Graph) -> Iterator[Finding]:
    """Ports that nobody uses; and, where the config gives HX032 a severity, dead modules."""
    watched = watched_for_users(settings, graph)
    used = set(graph.imports(type_only=True, tests=False).targets) if watched else ()
    for node, rule in watched.items():
        if node not in used:
            what = "no module imports the port" if rule == "HX031" else "no module imports"
            text = f"{what} {graph.modules[node]}"
            yield finding_at(settings, rule, graph.paths[node], 0, 0, text)


def watched_for_users(settings: Settings, graph: Graph) -> dict[int, str]:
    """The nodes that are told of when nobody imports them, and by which rule.

    Dead modules are not told unasked: nobody but the config knows what is entered from outside.
    """
    ports = [
        group.patterns
        for rule in settings.rules
        if isinstance(rule, Matrix)
        for group in rule.groups
        if group.name == "ports"
    ]
    dead = "HX032" in settings.severities
    if not ports and not dead:
        return {}
    placed = graph.placed(ports).groups
    return {
        node: "HX031" if placed[node] >= 0 else "HX032"
        for node, path in enumerate(graph.paths)
        if (placed[node] >= 0 or dead)
        and not graph.tests[node]
        and path.rpartition("/")[2].partition(".")[0] not in _ENTERED
    }


def _problems(settings: Settings, graph: Graph) -> Iterator[Finding]:
    for node, row in graph.marked(PROBLEM):
        yield finding_at(settings, "HX020", graph.paths[node], graph.lines[row], 0, graph.text(row))


def _unresolved(settings: Settings, graph: Graph) -> Iterator[Finding]:
    for node, row in graph.unresolved():
        yield finding_at(
            settings, "HX021", graph.paths[node], graph.lines[row], graph.column(row),
            f"{graph.text(row).replace(':', '.')}: {graph.name(graph.targets[row])}",
        )  # fmt: skip


def _collisions(settings: Settings, graph: Graph) -> Iterator[Finding]:
    for first, second in case_collisions(graph.paths):
        text = f"differs from {first} by case only: some systems keep one of them"
        yield finding_at(settings, "HX020", second, 0, 0, text)


def _uncovered(
    settings: Settings, graph: Graph, judgement: Judgement, coverage: Coverage
) -> Finding:
    shown = [graph.paths[node] for node in _in_no_rule(judgement) if not _says_nothing(graph, node)]
    some = ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")
    where = f"; in no rule: {some}" if shown else ""
    text = f"coverage is {coverage}, under the {settings.coverage:.0%} asked for{where}"
    return finding_at(settings, "HX013", settings.path, 0, 0, text, identity="coverage")
