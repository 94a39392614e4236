"""A lens that is our own checkers: boundaries and the ledger, on what changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hexci.domain.finding import Finding, Report
from hexci.domain.review.claim import LensReport, LensStatus
from hexci.errors import HexciError
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress


@dataclass(frozen=True, slots=True)
class RulesLens:
    """Each check gives the findings that are new; what they say is so, and needs no proof."""

    checks: Sequence[Callable[[], Report]]
    name: str = "rules"

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Every finding of every check; `invalid` when one could not judge."""
        findings: list[Finding] = []
        for check in self.checks:
            try:
                report = check()
            except HexciError as error:
                return LensReport(self.name, "checks", LensStatus.INVALID, told=str(error))
            progress.note(f"{self.name}: {report.tool}: {len(report.findings)} new")
            findings += report.findings
        if not scene.base_tree:
            findings = [one for one in findings if one.path in scene.lines]
        status = LensStatus.OK if findings else LensStatus.EMPTY
        return LensReport(self.name, "checks", status, findings=tuple(findings))
