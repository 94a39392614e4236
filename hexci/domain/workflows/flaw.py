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
        told = finding_at(self.rule, source.path, line, col, self.said)
        return told._replace(
            severity=self.severity or told.severity,
            fix=self.fix or told.fix,
            identity="\0".join((*map(str, self.where), self.said)),
        )


def finding_at(rule: WorkflowRule, path: str, line: int, col: int, said: str) -> Finding:
    """A rule broken at a place of a file."""
    message = f"{rule.name}\n{said}"
    return Finding(rule.id, rule.severity, path, line, col, message, rule.why, rule.fix)


Check = Callable[[Workflow], Iterator[Flaw]]
