"""Mutating the gate: with any one step ignored, an attack of the catalogue gets through."""

from pathlib import Path

import pytest
from gate.catalogue import load_cases
from gate.judging import judge, without

from hexci.domain.verdict import Step

pytestmark = pytest.mark.slow

# For each step an attack that no other step refuses; the quickest ones there are.
ONLY_DEFENCE = {
    Step.POLICY: "git-executable-bit",
    Step.PROTECTED: "git-attributes-with-filter",
    Step.VACUITY: "vacuous-check-in-the-background",
    Step.RED: "tests-refactor-over-a-red-base",
    Step.GREEN: "exit-exec-true",
    Step.PROVEN: "equal-type-call",
    Step.STABLE: "flaky-turn-about",
    Step.HONEST: "fork-double-fork-daemon",
}
ATTACKS = {case.name: case for case in load_cases("attacks")}


@pytest.mark.parametrize("step", Step)
def test_without_one_step_an_attack_is_accepted(step: Step, tmp_path: Path) -> None:
    case = ATTACKS[ONLY_DEFENCE[step]]
    judged = judge(case, tmp_path)
    assert (judged.decisive, judged.right) == (step, True), str(judged)
    mutated = judge(case, tmp_path, without(step))
    assert mutated.verdict.accepted, str(mutated)
