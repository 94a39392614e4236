"""Runs the rules over a graph and sorts what they find: new, known, ignored."""

from collections.abc import Iterator, Mapping

from hexci.domain.boundaries import baseline as baselines
from hexci.domain.boundaries.exceptions import Exceptions, finding_at
from hexci.domain.boundaries.graph import Graph
from hexci.domain.boundaries.judging import matrix
from hexci.domain.boundaries.rule_table import BY_ID
from hexci.domain.boundaries.selectors import is_path, selector
from hexci.domain.boundaries.settings import (
    Acyclic,
    External,
    Forbidden,
    Group,
    Interface,
    Matrix,
    Place,
    Protected,
    Rule,
    Settings,
)
from hexci.domain.boundaries.violations import Violation, chain_lines
from hexci.domain.finding import Finding
from hexci.domain.named_tuple import NamedTuple
from hexci.errors import BadInputError


class Judgement(NamedTuple):
    """All violations, which of them no ignore excuses, and which of those are new.

    `findings` are the new ones and what is wrong with the excuses; `in_rule` says of each node
    whether some rule speaks of it.
    """

    violations: list[Violation]
    unexcused: list[Violation]
    new: list[Violation]
    findings: list[Finding]
    in_rule: bytearray

    @property
    def classified(self) -> int:
        """How many files some rule speaks of."""
        return sum(self.in_rule)


def judge(
    settings: Settings,
    graph: Graph,
    known: Mapping[baselines.Key, baselines.Entry],
    today: str,
    *,
    may_be_empty: bool = False,
) -> Judgement:
    """Judges a graph. `today` is an ISO date.

    Raises BadInputError for a rule about nothing, unless `may_be_empty` (an older tree).
    """
    if not may_be_empty:
        refuse_empty(settings, graph)
    violations = [v for rule in settings.rules for v in _violations(rule, graph)]
    if any(path.endswith(".go") for path in graph.paths):
        from hexci.domain.boundaries.judging import internal  # noqa: PLC0415 - Go's own

        violations += internal.judge(graph)
    excuses = Exceptions(settings, graph, known, today)
    unexcused = [violation for violation in violations if not excuses.excuse(violation)]
    new = [violation for violation in unexcused if not excuses.knows(violation)]
    findings = [finding(settings, graph, violation) for violation in new]
    findings += excuses.findings()
    findings += _exhaustive(settings, graph)
    return Judgement(violations, unexcused, new, findings, _in_rule(settings, graph))


def refuse_empty(settings: Settings, graph: Graph) -> None:
    """Raises BadInputError naming every group of the rules that selects no module."""
    known = frozenset(graph.modules)
    complaints = [
        f"{place_}: {pattern!r} selects no module of this tree"
        for place_, pattern, meant in _patterns(settings)
        if not any(_selects_some(one, graph, known) for one in meant)
    ]
    if complaints:
        raise BadInputError(
            "\n".join(complaints),
            "A rule about nothing always passes. See the modules: hexci analyze --modules",
        )


def _selects_some(pattern: str, graph: Graph, known: frozenset[str]) -> bool:
    if pattern in known:
        return True
    matches = selector(pattern).match
    names = graph.paths if is_path(pattern) else graph.modules
    return any(matches(name) is not None for name in names)


def finding(settings: Settings, graph: Graph, violation: Violation) -> Finding:
    """A violation for the report."""
    rule = violation.rule
    entry = BY_ID[rule.id]
    row = violation.chain[0]
    chain = chain_lines(graph, violation.node, violation.chain)
    parts = [chain, violation.fix or entry.fix]
    return Finding(
        rule.id,
        settings.severities.get(rule.id, rule.severity),
        graph.paths[violation.node],
        graph.lines[row],
        graph.column(row),
        violation.message,
        rule.why or entry.why,
        "\n".join(part for part in parts if part),
        identity=f"{violation.source} -> {violation.target}",
    )


def _violations(rule: Rule, graph: Graph) -> Iterator[Violation]:
    # each kind's module when a rule of that kind is there: most configs have one or two
    if isinstance(rule, Matrix):
        return matrix.judge(rule, graph)
    if isinstance(rule, Acyclic):
        from hexci.domain.boundaries.judging import acyclic  # noqa: PLC0415

        return acyclic.judge(rule, graph)
    from hexci.domain.boundaries.judging import edges  # noqa: PLC0415

    match rule:
        case Forbidden():
            return edges.judge_forbidden(rule, graph)
        case Interface():
            return edges.judge_interface(rule, graph)
        case Protected():
            return edges.judge_protected(rule, graph)
        case External():
            return edges.judge_external(rule, graph)
        case _:
            raise TypeError(type(rule).__name__)


def _groups_of(rule: Rule) -> tuple[Group, ...]:
    match rule:
        case Matrix():
            return rule.groups
        case Forbidden():
            return (rule.sources, rule.targets)
        case Interface():
            return (rule.package, rule.exposed)
        case Protected():
            return (rule.modules, rule.allowed)
        case External():
            return (rule.sources,)
        case Acyclic():
            return (rule.within,)
        case _:
            return ()


def _patterns(settings: Settings) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
    """(place, as written, as meant) of every pattern of the rules.

    With several containers a layer need not be in each of them, but in one.
    """
    for rule in settings.rules:
        containers = rule.containers if isinstance(rule, Matrix) else ()
        for group in _groups_of(rule):
            for pattern in group.patterns:
                meant = tuple(matrix.below(c, pattern) for c in containers) or (pattern,)
                yield group.place, pattern, meant
        for container in containers:
            yield rule.place, container, (container,)


def _exhaustive(settings: Settings, graph: Graph) -> Iterator[Finding]:
    for rule in settings.rules:
        if isinstance(rule, Matrix) and rule.exhaustive:
            for node in matrix.unplaced(rule, graph):
                yield finding_at(
                    settings, "HX009", graph.paths[node], 0, 0,
                    f"{graph.modules[node]} is in no layer of {rule.name}",
                )  # fmt: skip


def _in_rule(settings: Settings, graph: Graph) -> bytearray:
    wanted = [list(meant) for _, _, meant in _patterns(settings)]
    if not wanted:
        return bytearray(len(graph.paths))
    placed = graph.placed(wanted).groups
    return bytearray(number >= 0 for number in placed)
