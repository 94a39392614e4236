"""A workflow that breaks each rule, and its twin that keeps it; zizmor as a witness."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from workflows.reading import CASES, rules

from hexci.domain.workflows.rules.table import RULES

NAMES = sorted(folder.name for folder in CASES.iterdir())
# cases whose bad twin must break a second rule to break theirs
BESIDE = {"WF003": ["WF012"]}
# our rule → the audit by which zizmor sees the same
SAME = {
    "WF011": "dangerous-triggers", "WF012": "dangerous-triggers", "WF013": "excessive-permissions",
    "WF021": "template-injection", "WF051": "artipacked", "WF112": "secrets-inherit",
    "WF122": "artipacked", "WF141": "cache-poisoning", "WF161": "unpinned-uses",
    "WF171": "bot-conditions", "WF173": "unsound-condition", "WF182": "unsound-contains",
}  # fmt: skip
# what zizmor says and we do not: issue_comment is how hexci is asked, `./` how it runs on itself,
# and a named version of a package is a named version
OTHERWISE = {"dangerous-triggers", "self-repository", "adhoc-packages"}


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_sees_what_breaks_it_and_not_its_twin(name: str) -> None:
    bad, good = (CASES / name / f"{twin}.yml" for twin in ("bad", "good"))
    assert rules(bad.read_text()) == sorted([name, *BESIDE.get(name, [])])
    assert rules(good.read_text()) == []


def test_every_rule_has_a_case_and_every_threat_that_a_workflow_can_carry_a_rule() -> None:
    assert [rule.id for rule in sorted(RULES, key=lambda r: r.id)] == NAMES
    threats = {int(rule.id[2:4]) for rule in RULES} - {0}
    assert threats == set(range(1, 25))


@cache
def by_zizmor() -> dict[tuple[str, str], set[str]]:
    """(case, twin) → what zizmor finds in it, in one run over all."""
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("zizmor is not installed")
    files = [f"{name}/{twin}.yml" for name in NAMES for twin in ("bad", "good")]
    done = subprocess.run(
        [str(program), "--offline", "--no-exit-codes", "--quiet", "--format", "json-v1",
         *(f for f in files if f != "WF001/bad.yml")],  # it reads no broken file, nor goes on
        cwd=CASES, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    said: dict[tuple[str, str], set[str]] = {}
    for finding in json.loads(done.stdout):
        for location in finding["locations"]:
            path = location["symbolic"]["key"]["Local"]["verbatim_path"]
            name, _, twin = path.removesuffix(".yml").partition("/")
            said.setdefault((name, twin), set()).add(finding["ident"])
    return said


@pytest.mark.parametrize("name", sorted(SAME))
def test_zizmor_sees_the_same_in_the_bad_twin_and_not_in_the_good_one(name: str) -> None:
    assert SAME[name] in by_zizmor()[name, "bad"]
    assert SAME[name] not in by_zizmor().get((name, "good"), set()) - OTHERWISE


def test_zizmor_sees_nothing_else_that_we_do_not() -> None:
    for (name, twin), audits in by_zizmor().items():
        text = (CASES / name / f"{twin}.yml").read_text()
        seen = {SAME.get(rule) for rule in rules(text)}
        assert (name, twin, audits - OTHERWISE - seen) == (name, twin, set())
