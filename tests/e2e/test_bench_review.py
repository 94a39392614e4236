"""`hexci bench review`: seeded defects are found without a model, and clean twins left alone."""

import json
import os
from pathlib import Path

import pytest
from fakes.command_line import hexci

# a part of the projects; all of them, some forty reviews, where HEXCI_WHOLE is set
_PART = ("--only", "settings/any-error", "--only", "settings/clean")


@pytest.mark.slow
def test_seeded_defects_are_found_and_clean_twins_are_clean(tmp_path: Path) -> None:
    whole = bool(os.environ.get("HEXCI_WHOLE"))
    told = json.loads(hexci(tmp_path, "bench", "review", "--json", *(() if whole else _PART)).out)
    assert told["false_on_clean"] == 0
    assert [one["name"] for one in told["reviews"] if one["no_answer"]] == []
    least = 12 if whole else 1
    assert (told["found"] >= least, told["defects"]) == (True, 30 if whole else 1)
