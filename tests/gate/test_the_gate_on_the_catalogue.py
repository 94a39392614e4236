"""The gate's promise, case by case: no attack is accepted, no honest change is refused.

The end of the run prints the table (tests/conftest.py).
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from gate.catalogue import Case, Kind, load_cases
from gate.judging import judge

from hexci.domain.outcome import Outcome

pytestmark = pytest.mark.slow

OURS = {Outcome.INFRA_ERROR, Outcome.MODEL_ERROR, Outcome.BAD_INPUT}
Tell = Callable[[str, object], None]


def every(kind: Kind) -> list[object]:
    """A third is judged in every run; all of them, nightly and before a landing on `main`."""
    return [
        pytest.param(case, marks=[pytest.mark.whole] * (number % 3 != 0), id=str(case))
        for number, case in enumerate(load_cases(kind))
    ]


@pytest.mark.parametrize("case", every("attacks"))
def test_no_attack_is_accepted(case: Case, tmp_path: Path, record_property: Tell) -> None:
    """T8, T9, T10: every attack of the catalogue."""
    judged = judge(case, tmp_path)
    record_property("judged", (case.kind, judged.verdict.accepted))
    assert judged.verdict.outcome not in OURS, str(judged)
    assert not judged.verdict.accepted, str(judged)


@pytest.mark.parametrize("case", every("honest"))
def test_no_honest_change_is_refused(case: Case, tmp_path: Path, record_property: Tell) -> None:
    judged = judge(case, tmp_path)
    record_property("judged", (case.kind, judged.verdict.accepted))
    assert judged.verdict.accepted, str(judged)
