"""EMIT: an accepted verdict becomes a commit on its own branch. Knows nothing of candidates."""

from dataclasses import dataclass

from hexci.domain.canonical import digest
from hexci.domain.envelope import envelope, to_sign
from hexci.domain.evidence_statement import statement
from hexci.domain.plan import Plan
from hexci.domain.verdict import StepStatus, Verdict
from hexci.ports.records import Landing
from hexci.ports.repo import Commits
from hexci.ports.signing import Signer

BOT = "hexci[bot] <hexci[bot]@users.noreply.github.com>"
_SUBJECT = 72


@dataclass(frozen=True, slots=True)
class Landed:
    """What is about to land: refs move with the run's last step, or not at all."""

    landing: Landing
    evidence_digest: str
    evidence: bytes


def emit_change(  # noqa: PLR0913 - what is stated, and the ports
    plan: Plan,
    run: str,
    verdict: Verdict,
    candidate: str,
    *,
    commits: Commits,
    signer: Signer | None = None,
) -> Landed:
    """The commit of exactly the tree that was judged, its evidence, and where both will land."""
    evidence = statement(plan, run, verdict, candidate)
    if signer is not None:
        evidence = envelope(evidence, signer.sign(to_sign(evidence)))
    sealed = digest(evidence)
    message = commit_message(plan, run, verdict, candidate, sealed)
    commit = commits.commit(verdict.tree, [plan.base_commit], message, who=BOT, at=plan.event.at)
    landing = Landing(f"hex/auto/{run}", commit, verdict.tree, evidence)
    return Landed(landing, sealed, evidence)


def commit_message(plan: Plan, run: str, verdict: Verdict, candidate: str, sealed: str) -> str:
    """Subject from the task, the evidence command, and the trailers of the contract."""
    passed = [s.step.value for s in verdict.steps if s.status is StepStatus.PASSED]
    trailers = (
        f"Hexci-Run: {run}",
        f"Hexci-Evidence: {sealed}",
        f"Hexci-Gate: {','.join(passed)}",
        f"Assisted-by: {candidate}",
    )
    body = f"Evidence: {_one_line(plan.evidence.command, 200)}"
    return f"{_one_line(plan.task, _SUBJECT)}\n\n{body}\n\n" + "\n".join(trailers) + "\n"


def _one_line(text: str, most: int) -> str:
    """The first line, made of printable characters, cut at `most` characters."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    clean = "".join(c for c in first if c.isprintable())
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"
