import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.real_bugs import REAL_BUGS, RealBug, repository_of
from fakes.repositories import fingerprint


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("releases")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "real",
    [
        # the search for one that small edits cannot mend takes a minute
        pytest.param(real, id=real.bug.package, marks=[pytest.mark.whole] * (not real.quick))
        for real in REAL_BUGS
    ],
)
def test_a_real_bug_is_fixed_or_left_without_a_trace(
    real: RealBug, tmp_path: Path, cache: Path
) -> None:
    project = repository_of(real.bug, tmp_path, cache)
    before = fingerprint(project)
    done = subprocess.run(
        [sys.executable, "-m", "hexci", "do", "fix the failing tests", "--json",
         "--evidence", real.bug.evidence, "--candidate", "repair"],
        cwd=project, capture_output=True, timeout=600, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )  # fmt: skip
    outcome = json.loads(done.stdout)["outcome"]
    assert outcome in real.outcomes
    after = fingerprint(project)
    if outcome != "committed":
        assert before == after
        return
    branch_gone = {k: v for k, v in after.items() if k != "git:refs"}
    assert branch_gone == {k: v for k, v in before.items() if k != "git:refs"}
