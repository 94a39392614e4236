import json

import pytest

from hexci.compose import measurements


@pytest.mark.slow
def test_the_benchmark_runs_both_commands_on_a_legal_ledger() -> None:
    document = json.loads(measurements.bench_ledger(1, 20, as_json=True))
    check = document["pairs"][0]
    assert check["name"] == "hexci adr check, 20 records, 25 changed files"
    assert len(check["ours"]) == len(check["theirs"]) == 1
