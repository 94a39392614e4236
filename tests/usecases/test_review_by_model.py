"""A model as a lens: what it answers, and how it fails, is always told."""

from dataclasses import replace

import pytest
from fakes.models import ScriptedModel, SleepingClock, metered
from fakes.ports import FakeProgress

from hexci.domain.agent.conversation import Reply, ToolCall
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.review.claim import LensReport, LensStatus
from hexci.ports.lens import Scene
from hexci.ports.model import ModelFault
from hexci.usecases.review_by_model import ModelLens

SCENE = Scene("tree", EvidenceSpec("pytest"), EvidenceRun(0, "", 1.0, "none"), 100.0, {})
CLAIM = {
    "title": "off by\none",
    "path": "./a.py",
    "line": 3,
    "failure": "AssertionError",
    "reproducer": "def test(): assert f() == 1",
}


class NoDesk:
    """The reading tools are not asked for anything here."""

    objects = search = runner = None


def report(*claims: object, native: bool = True) -> Reply:
    return Reply("", (ToolCall("1", "report_claims", {"claims": [*claims]}, native),))  # type: ignore[list-item]


def hunt(*script: Reply | ModelFault, scene: Scene = SCENE) -> LensReport:
    clock = SleepingClock()
    model = metered(ScriptedModel(*script), clock=clock)
    lens = ModelLens("edges", model, NoDesk(), clock)  # type: ignore[arg-type]
    return lens.hunt(scene, progress=FakeProgress())


def test_claims_are_brought_home_with_who_made_them() -> None:
    found = hunt(report(CLAIM))
    claim = found.claims[0]
    assert (found.status, claim.lens, claim.by) == (LensStatus.OK, "edges", "openai/scripted")
    assert (claim.title, claim.path, claim.line) == ("off by one", "a.py", 3)


def test_an_empty_list_is_an_answer() -> None:
    assert hunt(report()).status is LensStatus.EMPTY


def test_a_report_in_plain_text_is_read() -> None:
    text = '```json\n{"name": "report_claims", "arguments": {"claims": []}}\n```'
    assert hunt(Reply(text)).status is LensStatus.EMPTY


def test_a_claim_that_is_none_is_handed_back_and_may_be_mended() -> None:
    broken = {**CLAIM, "line": "three"}
    assert hunt(report(broken), report(CLAIM)).status is LensStatus.OK


SILENT = {
    "never reports": [Reply("I think it is fine.")] * 12,
    "reports nonsense": [report("nonsense")] * 12,
    "endpoint fails": [ModelFault("no such model")],
}


@pytest.mark.parametrize("script", SILENT.values(), ids=SILENT)
def test_a_lens_that_fails_is_never_clean(script: list[Reply | ModelFault]) -> None:
    found = hunt(*script)
    assert (found.status, bool(found.told)) == (LensStatus.INVALID, True)


def test_a_lens_without_time_left_has_not_looked() -> None:
    assert hunt(scene=replace(SCENE, deadline=0.0)).status is LensStatus.TIMEOUT
