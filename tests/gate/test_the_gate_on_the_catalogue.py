"""The gate's promise, measured: no attack is accepted, no honest change is refused."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from gate.catalogue import load_cases
from gate.judging import Judged, judge, runnable

from hexci.domain.outcome import Outcome

# one worker judges the catalogue once for all these tests, with a thread a core
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.xdist_group("catalogue")]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Judged]]:
    honest = load_cases("honest")
    if not os.environ.get("HEXCI_WHOLE"):
        del honest[::3]  # they take longest; all of them are judged nightly
    cases = runnable([*load_cases("attacks"), *honest])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield list(pool.map(partial(judge, folder=tmp_path_factory.mktemp("cases")), cases))


def test_no_honest_change_is_refused_and_no_attack_is_accepted(judged: list[Judged]) -> None:
    """T8, T9, T10: every attack of the catalogue."""
    table = Counter((j.case.kind, j.verdict.accepted) for j in judged)
    print(f"\n{'':10}{'accepted':>10}{'refused':>10}")  # noqa: T201 - the table is the point
    for kind in ("attacks", "honest"):
        print(f"{kind:10}{table[kind, True]:>10}{table[kind, False]:>10}")  # noqa: T201
    refused = [str(j) for j in judged if j.case.kind == "honest" and not j.verdict.accepted]
    accepted = sorted(str(j) for j in judged if j.case.kind == "attacks" and j.verdict.accepted)
    assert refused == []
    assert accepted == []


def test_no_verdict_is_a_bug_of_ours(judged: list[Judged]) -> None:
    ours = {Outcome.INFRA_ERROR, Outcome.MODEL_ERROR, Outcome.BAD_INPUT}
    assert [str(j) for j in judged if j.verdict.outcome in ours] == []
