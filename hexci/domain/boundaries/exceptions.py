"""Excuses for violations: written beside the import, in the config or in the baseline."""

from collections.abc import Iterable, Iterator, Mapping

from hexci.domain.boundaries import baseline as baselines
from hexci.domain.boundaries.graph import IGNORE, Graph
from hexci.domain.boundaries.ignores import read_ignore
from hexci.domain.boundaries.rule_table import BY_ID
from hexci.domain.boundaries.selectors import selects
from hexci.domain.boundaries.settings import BASELINE_PATH, Ignore, Place, Settings
from hexci.domain.boundaries.violations import Violation
from hexci.domain.finding import Finding

# An ignore of another checker's rules is that checker's business.
_OTHERS = ("ADR", "MAN", "REV", "WF")


def finding_at(  # noqa: PLR0913, PLR0917 - a place has many parts
    settings: Settings, rule: str, path: str, line: int, col: int, message: str,
    identity: str = "", fix: str = "",
) -> Finding:  # fmt: skip
    """A finding of a rule of the table, at the severity the config gives it."""
    entry = BY_ID[rule]
    severity = settings.severities.get(rule, entry.severity)
    return Finding(
        rule, severity, path, line, col, message, entry.why, fix or entry.fix, identity=identity
    )


class Exceptions:
    """Which violations are excused, and which excuses are no good."""

    def __init__(
        self,
        settings: Settings,
        graph: Graph,
        known: Mapping[baselines.Key, baselines.Entry],
        today: str,
    ) -> None:
        self._settings, self._graph, self._known, self._today = settings, graph, known, today
        self._used: set[baselines.Key] = set()
        self._used_ignores: set[Ignore] = set()
        self._inline: dict[tuple[int, int], tuple[int, str]] = {}
        self._used_rows: set[int] = set()
        for node, row in graph.marked(IGNORE):
            self._inline[node, graph.lines[row]] = (row, graph.text(row))

    def excuse(self, violation: Violation) -> bool:
        """Whether an ignore, inline or in the config, excuses it."""
        inline = self._inline_covers(violation)
        return self._config_covers(violation) or inline

    def _inline_covers(self, violation: Violation) -> bool:
        line = self._graph.lines[violation.chain[0]]
        for at in (line, line - 1):
            row, text = self._inline.get((violation.node, at), (-1, ""))
            if row < 0:
                continue
            said = read_ignore(text)
            if violation.rule.id in said.rules:
                self._used_rows.add(row)
                return bool(said.reason) and not self._over(said.until)
        return False

    def _config_covers(self, violation: Violation) -> bool:
        covered = False
        for ignore in self._settings.ignores:
            if ignore.rule not in {"*", violation.rule.id, violation.rule.name}:
                continue
            node, last = violation.node, self._graph.targets[violation.chain[-1]]
            path = self._graph.paths[last] if last >= 0 else ""
            if selects((ignore.source,), violation.source, self._graph.paths[node]) and selects(
                (ignore.target,), violation.target, path
            ):
                self._used_ignores.add(ignore)
                covered = covered or not self._over(ignore.until)
        return covered

    def knows(self, violation: Violation) -> bool:
        """Whether the baseline has it."""
        if violation.key not in self._known:
            return False
        self._used.add(violation.key)
        return True

    def _over(self, until: str) -> bool:
        return bool(until) and until < self._today

    def findings(self) -> Iterator[Finding]:
        """Excuses that are unused, unexplained or over."""
        yield from self._inline_findings()
        for ignore in self._settings.ignores:
            yield from self._ignore_findings(ignore)
        for key, entry in sorted(self._known.items()):
            if key not in self._used:
                yield finding_at(
                    self._settings, "HX012", BASELINE_PATH, entry.line, 1,
                    f"{entry.rule} {entry.source} -> {entry.target} is no longer needed",
                    identity=" ".join(key),
                )  # fmt: skip

    def _inline_findings(self) -> Iterable[Finding]:
        graph = self._graph
        for (node, line), (row, text) in sorted(self._inline.items()):
            said = read_ignore(text)
            rule, message = "HX011", ""
            if said.rules and all(name.startswith(_OTHERS) for name in said.rules):
                continue
            if not said.rules:
                message = "the ignore names no rule"
            elif not said.reason:
                message = "the ignore gives no reason"
            elif self._over(said.until):
                message = f"the ignore was good until {said.until}"
            elif row not in self._used_rows:
                rule, message = "HX010", f"nothing here breaks {', '.join(said.rules)}"
            if message:
                yield finding_at(
                    self._settings, rule, graph.paths[node], line, graph.column(row), message
                )

    def _ignore_findings(self, ignore: Ignore) -> Iterator[Finding]:
        place_ = ignore.place
        what = f"{ignore.source} -> {ignore.target}"
        if self._over(ignore.until):
            yield self._about("HX011", place_, f"the ignore was good until {ignore.until}", what)
        elif ignore not in self._used_ignores:
            yield self._about("HX010", place_, f"nothing breaks {ignore.rule} for {what}", what)

    def _about(self, rule: str, place_: Place, message: str, identity: str) -> Finding:
        return finding_at(
            self._settings, rule, place_.path, place_.line, place_.col, message, identity
        )
