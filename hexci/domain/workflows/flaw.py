"""What a rule about workflows is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hexci.domain.finding import Finding, Severity
from hexci.domain.rule import Rule
from hexci.domain.workflows.shape import Workflow
from hexci.domain.workflows.source import Source, Where


@dataclass(frozen=True, slots=True)
class WorkflowRule(Rule):
    """A rule of workflows. Its number is that of the threat, `WF161` is the first about T16."""

    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Flaw:
    """A rule broken at `where` in a file, at the text `shown` there.

    `severity` and `fix` stand for the rule's own where they are given.
    """

    rule: WorkflowRule
    where: Where
    said: str
    shown: str = ""
    severity: Severity | None = None
    fix: str = ""

    def as_finding(self, source: Source) -> Finding:
        """The finding with its place."""
        line, col = source.at(self.where, self.shown)
        return Finding(
            self.rule.id,
            self.severity or self.rule.severity,
            source.path,
            line,
            col,
            f"{self.rule.name}\n{self.said}",
            self.rule.why,
            self.fix or self.rule.fix,
            identity="\0".join((*map(str, self.where), self.said)),
        )


Check = Callable[[Workflow], Iterator[Flaw]]
