"""A case of the catalogue before the real gate."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fakes.gates import SilentProgress
from gate.catalogue import Case, build

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.quarters import quarters_for
from hexci.compose.evidence import build_bench
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.gate.ruling import passed
from hexci.domain.plan import Mode
from hexci.domain.verdict import Step, StepResult, Verdict
from hexci.usecases.gate_change import gate_change
from hexci.usecases.gate_steps import TRIALS, Trial
from hexci.usecases.hearing import Hearing, Terms

# A limit for what hangs; no verdict on the catalogue depends on it.
PATIENCE = 120.0


@dataclass(frozen=True)
class Judged:
    case: Case
    verdict: Verdict

    @property
    def right(self) -> bool:
        wanted = self.case.told.outcome
        allowed = {wanted} if isinstance(wanted, str) else set(wanted)
        return self.verdict.outcome.value in allowed

    @property
    def decisive(self) -> Step:
        return self.verdict.steps[-1].step

    def __str__(self) -> str:
        verdict = self.verdict
        reason = verdict.reason or "; ".join(verdict.warnings)
        return f"{self.case}: {verdict.outcome} at {self.decisive}: {reason}"


def judge(case: Case, folder: Path, trials: Sequence[Trial] = TRIALS) -> Judged:
    scratch = Path(tempfile.mkdtemp(prefix=f"{case.name}-", dir=folder))
    built = build(case, scratch)
    checkout = Checkout.at(built.repo)
    # the weaker policy: what is refused under it is refused under the stricter one too
    terms = Terms(
        EvidenceSpec(case.told.evidence, timeout=PATIENCE),
        Mode(case.told.gate_mode),
        require_account=False,
        exact=True,
    )
    with quarters_for(checkout) as quarters:
        vault = quarters.vault
        change = vault.change(vault.tree_of(built.base), vault.tree_of(built.head))
        bench = build_bench(checkout, quarters, built.base, SilentProgress())
        verdict = gate_change(change, terms=terms, bench=bench, trials=trials)
    shutil.rmtree(scratch)
    return Judged(case, verdict)


def without(step: Step) -> tuple[Trial, ...]:
    """The gate as it is, but for one step, which does its work and never refuses."""
    return tuple(_ignoring(trial) if trial[0] is step else trial for trial in TRIALS)


def _ignoring(trial: Trial) -> Trial:
    step, try_step = trial

    def ignored(hearing: Hearing) -> StepResult:
        try_step(hearing)
        return passed(step, "ignored")

    return step, ignored
