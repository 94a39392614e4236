from typing import Any

import pytest

from hexci.domain.config import Config
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.plan import AskedLimits, Event, PathRules, Plan
from hexci.domain.run_id import run_id
from hexci.errors import BadInputError
from hexci.usecases.plan_task import TaskRequest, plan_task

EVENT = Event("e1", "argv", "ada", "2026-01-02T03:04:05Z")


def planned(config: Config | None = None, **asked: Any) -> Plan:
    request = TaskRequest(**{"task": "fix it", "event": EVENT, "evidence": "pytest -q", **asked})
    return plan_task(
        request,
        config=config or Config(),
        base_commit="c" * 40,
        base_tree="t" * 40,
        base_files={"src/a.py": "100644", "link": "120000"},
    )


def test_a_named_evidence_comes_from_the_base_config() -> None:
    config = Config(evidence={"unit": EvidenceSpec("pytest tests", 30)})
    assert planned(config, evidence="unit").evidence == EvidenceSpec("pytest tests", 30)


def test_the_default_evidence_is_used_when_none_is_asked_for() -> None:
    config = Config(evidence={"default": EvidenceSpec("make test")})
    assert planned(config, evidence=None).evidence.command == "make test"


@pytest.mark.parametrize(
    "asked",
    [
        {"task": "  "},
        {"evidence": None},
        {"evidence": " "},
        {"evidence": "a\0b"},
        {"files": ("../x",)},
        {"files": ("/etc/passwd",)},
        {"files": ("",)},
        {"files": (".git/config",)},
        {"files": ("link",)},
        {"files": ("link/inside.py",)},
        {"limits": AskedLimits(timeout=0)},
        {"limits": AskedLimits(timeout=float("nan"))},
        {"limits": AskedLimits(max_steps=0)},
        {"limits": AskedLimits(max_usd=-1)},
        {"limits": AskedLimits(max_usd=float("nan"))},
    ],
)
def test_what_cannot_be_planned_is_bad_input(asked: dict[str, Any]) -> None:
    with pytest.raises(BadInputError):
        planned(**asked)


def test_a_file_is_spelled_as_the_tree_spells_it() -> None:
    assert planned(files=("./src//a.py", "new/b.py")).files == ("src/a.py", "new/b.py")


def test_limits_are_the_smaller_and_config_caps_argv() -> None:
    config = Config(limits=AskedLimits(timeout=100, max_steps=50, max_usd=1))
    limits = planned(config, limits=AskedLimits(timeout=500, max_steps=5)).limits
    assert (limits.timeout, limits.max_steps, limits.max_usd) == (100, 5, 1)


def test_argv_may_go_beyond_a_default_that_nobody_set() -> None:
    assert planned(limits=AskedLimits(timeout=5000, max_steps=99)).limits.timeout == 5000


def test_allows_intersect_and_denies_unite() -> None:
    config = Config(paths=PathRules((("src/**",),), ("src/secret/**",)))
    paths = planned(config, allow_edit=("*.py",), protect=("docs/**",)).paths
    asked = ["src/a.py", "src/a.txt", "b.py"]
    assert [p for p in asked if paths.allows(p)] == ["src/a.py"]
    assert [p for p in ("src/secret/x", "docs/x", "src/a.py") if paths.protects(p)] == [
        "src/secret/x", "docs/x",
    ]  # fmt: skip


def test_a_run_id_sorts_by_time_and_repeats_for_the_same_request() -> None:
    assert run_id(planned()) == run_id(planned())
    assert run_id(planned()).startswith("20260102T030405Z-")
    assert run_id(planned()) != run_id(planned(task="something else"))
