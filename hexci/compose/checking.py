"""Wires the check of a commit's boundaries, by the law of the commit it builds upon."""

from typing import TYPE_CHECKING

from hexci.compose.boundaries import analysis_as, analyzer, today

if TYPE_CHECKING:
    from hexci.domain.asking.scene import Checked


def check_boundaries(root: str, base: str, head: str) -> "Checked":
    """What is new at `head` since `base`; all of it when `base` is empty."""
    from hexci.adapters.sources.choosing import sources_for
    from hexci.domain.asking.scene import Checked
    from hexci.domain.finding import Report
    from hexci.domain.outcome import Outcome
    from hexci.usecases.governed_files import GovernedFiles

    since = analyzer(root, base) if base else None
    judged = analyzer(root, head)
    if since is not None:
        files = GovernedFiles(sources_for(root, head), sources_for(root, base))
        judged = judged._replace(sources=files)
    if judged.settings(judged.sources.listing()) is None:
        return Checked(Report("analyze"), "", "", Outcome.OK)
    analysis = judged.analyze(today(), since=since)
    page, sarif = analysis_as(analysis, "summary"), analysis_as(analysis, "sarif")
    return Checked(analysis.report, page, sarif, analysis.report.outcome)
