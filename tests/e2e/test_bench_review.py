"""`hexci bench review`: seeded defects are found without a model, and clean twins left alone."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from fakes.command_line import environment, hexci_argv

# a part of the projects; all of them, some forty reviews, where HEXCI_WHOLE is set
_PART = ("--only", "settings/any-error", "--only", "settings/clean")


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_seeded_defects_are_found_and_clean_twins_are_clean(tmp_path: Path) -> None:
    whole = bool(os.environ.get("HEXCI_WHOLE"))
    part = () if whole else _PART
    asked = hexci_argv("bench", "review", "--json", *part)
    done = subprocess.run(
        asked, cwd=tmp_path, env=environment(), capture_output=True, timeout=3000, check=False
    )
    told = json.loads(done.stdout)
    assert told["false_on_clean"] == 0
    assert [one["name"] for one in told["reviews"] if one["no_answer"]] == []
    least = 12 if whole else 1
    assert (told["found"] >= least, told["defects"]) == (True, 30 if whole else 1)
