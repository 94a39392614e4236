"""What a person or a program is told about a graph and its judgement."""

from collections.abc import Iterable, Iterator

from hexci.domain.boundaries.building import case_collisions
from hexci.domain.boundaries.cycles import components, shortest_cycle
from hexci.domain.boundaries.exceptions import finding_at
from hexci.domain.boundaries.grade import Coverage, grade
from hexci.domain.boundaries.graph import NOTES, PROBLEM, Graph
from hexci.domain.boundaries.kinds import CONTAINMENT, STRING
from hexci.domain.boundaries.rulebook import Judgement
from hexci.domain.boundaries.selectors import place
from hexci.domain.boundaries.settings import Acyclic, Matrix, Settings
from hexci.domain.boundaries.targets import UNRESOLVED
from hexci.domain.finding import Finding, Report

# files that are there to be entered, not imported
_ENTERED = frozenset(("__init__", "__main__", "main", "index", "mod", "lib", "build", "setup"))


def report(
    settings: Settings, graph: Graph, judgement: Judgement, more: Iterable[Finding] = ()
) -> Report:
    """Every finding and `more`, then the facts: grade, coverage, how many are known already."""
    knots = _knots(graph)
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
    coverage = coverage_of(graph, judgement)
    if coverage.share < settings.coverage:
        findings.append(_uncovered(settings, graph, judgement, coverage))
    in_cycles = sum(len(knot) for knot in knots)
    letter = grade(coverage, len(judgement.violations), in_cycles, least=settings.coverage)
    facts = [("grade", letter), ("coverage", str(coverage)), ("imports", _imports(graph))]
    excused = len(judgement.violations) - len(judgement.new)
    if excused:
        facts.append(("known", f"{excused} violations in the baseline or ignored"))
    return Report.of("analyze", findings, facts)


def coverage_of(graph: Graph, judgement: Judgement) -> Coverage:
    """How much of the tree the judgement speaks of."""
    unresolved = {-n - 1 for n, name in enumerate(graph.names) if name[0] == UNRESOLVED}
    lost = len({(n, graph.lines[r], graph.specs[r]) for n, r in graph.unresolved()})
    notes = NOTES | CONTAINMENT | STRING
    imports = sum([not meta & notes for meta in graph.meta])
    unreadable = len({node for node, _ in graph.marked(PROBLEM)})
    resolved = imports - lost if unresolved else imports
    marks = sum(_says_nothing(graph, judgement, node) for node in range(len(graph.paths)))
    files = len(graph.paths) - marks
    return Coverage(files, judgement.classified, imports, resolved, unreadable)


def _says_nothing(graph: Graph, judgement: Judgement, node: int) -> bool:
    """Whether it is the mark of a package and no more: in no rule, and nothing to judge."""
    return (
        not judgement.in_rule[node]
        and not graph.rows(node)
        and graph.paths[node].endswith(("__init__.py", "__init__.pyi"))
    )


def _imports(graph: Graph) -> str:
    inside = sum([target >= 0 for target in graph.targets])
    return f"{inside} between {len(graph.paths)} files"


def _knots(graph: Graph) -> list[list[int]]:
    rows = graph.imports(type_only=False, tests=False)
    targets = list(graph.targets)
    return components([[targets[row] for row in some] for some in rows])


def _cycles(settings: Settings, graph: Graph, knots: list[list[int]]) -> Iterator[Finding]:
    if not knots:
        return
    rows = graph.imports(type_only=False, tests=False)
    adjacent = [[graph.targets[row] for row in some] for some in rows]
    for knot in knots:
        cycle = shortest_cycle(adjacent, knot)
        after = cycle[1] if len(cycle) > 1 else cycle[0]
        row = next(r for r in rows[cycle[0]] if graph.targets[r] == after)
        names = [graph.modules[node] for node in [*cycle, cycle[0]]]
        more = f" (among {len(knot)} modules)" if len(knot) > len(cycle) else ""
        yield finding_at(
            settings, "HX030", graph.paths[cycle[0]], graph.lines[row], graph.column(row),
            f"import cycle: {' -> '.join(names)}{more}", identity=graph.modules[knot[0]],
        )  # fmt: skip


def _unused(settings: Settings, graph: Graph) -> Iterator[Finding]:
    """Ports that nobody uses; and, where the config gives HX032 a severity, dead modules.

    Dead modules are not told unasked: nobody but the config knows what is entered from outside.
    """
    used = {
        graph.targets[row] for rows in graph.imports(type_only=True, tests=False) for row in rows
    }
    ports = [
        group.patterns
        for rule in settings.rules
        if isinstance(rule, Matrix)
        for group in rule.groups
        if group.name == "ports"
    ]
    placed = place(ports, graph.modules, graph.paths).groups if ports else []
    for node, path in enumerate(graph.paths):
        stem = path.rpartition("/")[2].partition(".")[0]
        if node in used or graph.tests[node] or stem in _ENTERED:
            continue
        if placed and placed[node] >= 0:
            text = f"no module imports the port {graph.modules[node]}"
            yield finding_at(settings, "HX031", path, 0, 0, text)
        elif "HX032" in settings.severities:
            text = f"no module imports {graph.modules[node]}"
            yield finding_at(settings, "HX032", path, 0, 0, text)


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
    shown = [
        path
        for node, path in enumerate(graph.paths)
        if not judgement.in_rule[node] and not _says_nothing(graph, judgement, node)
    ]
    some = ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")
    where = f"; in no rule: {some}" if shown else ""
    text = f"coverage is {coverage}, under the {settings.coverage:.0%} asked for{where}"
    return finding_at(settings, "HX013", settings.path, 0, 0, text, identity="coverage")
