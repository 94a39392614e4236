"""The gate's promise, measured: no attack is accepted, no honest change is refused."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from fakes.gates import SilentProgress
from gate.catalogue import Case, build, load_cases
from gate.known_gaps import MOST_ACCEPTED_ATTACKS

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.quarters import quarters_for
from hexci.compose.evidence import build_bench
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode
from hexci.domain.verdict import Step, Verdict
from hexci.usecases.gate_change import TRIALS, Terms, Trial, gate_change

# one worker judges the catalogue once for all these tests, with a thread a core
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.xdist_group("catalogue")]
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
    scratch = folder / f"{case.kind}-{case.name}-{len(trials)}"
    scratch.mkdir()
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


def runnable(cases: Sequence[Case]) -> list[Case]:
    """Cases whose tools are here; the others are told, loudly."""
    missing = {tool for case in cases for tool in case.told.needs if shutil.which(tool) is None}
    for tool in sorted(missing):
        print(f"NOT JUDGED: cases that need {tool}, which is not on this machine")  # noqa: T201
    return [case for case in cases if not missing.intersection(case.told.needs)]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Judged]]:
    cases = runnable([*load_cases("attacks"), *load_cases("honest")])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield list(pool.map(partial(judge, folder=tmp_path_factory.mktemp("cases")), cases))


def test_no_honest_change_is_refused_and_few_attacks_are_accepted(judged: list[Judged]) -> None:
    table = Counter((j.case.kind, j.verdict.accepted) for j in judged)
    print(f"\n{'':10}{'accepted':>10}{'refused':>10}")  # noqa: T201 - the table is the point
    for kind in ("attacks", "honest"):
        print(f"{kind:10}{table[kind, True]:>10}{table[kind, False]:>10}")  # noqa: T201
    refused = [str(j) for j in judged if j.case.kind == "honest" and not j.verdict.accepted]
    accepted = sorted(str(j) for j in judged if j.case.kind == "attacks" and j.verdict.accepted)
    print("attacks accepted:", *accepted, sep="\n  ")  # noqa: T201
    assert refused == []
    assert len(accepted) <= MOST_ACCEPTED_ATTACKS, accepted


def test_no_verdict_is_a_bug_of_ours(judged: list[Judged]) -> None:
    ours = {Outcome.INFRA_ERROR, Outcome.MODEL_ERROR, Outcome.BAD_INPUT}
    assert [str(j) for j in judged if j.verdict.outcome in ours] == []


# RED and GREEN cannot be taken away: the steps behind them have nothing to look at then.
@pytest.mark.skip(reason="has never been run to its end; the catalogue's outcomes come first")
@pytest.mark.parametrize("step", [s for s, _ in TRIALS if s not in {Step.RED, Step.GREEN}])
def test_without_one_step_some_attack_is_judged_wrongly(
    step: Step, judged: list[Judged], tmp_path: Path
) -> None:
    without = tuple(trial for trial in TRIALS if trial[0] is not step)
    caught = [j.case for j in judged if j.case.kind == "attacks" and j.decisive is step]
    again = (judge(case, tmp_path, without) for case in caught)
    assert any(not j.right for j in again), f"nothing depends on {step}"
