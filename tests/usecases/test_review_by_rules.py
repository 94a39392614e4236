from fakes.ports import FakeProgress

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.review.claim import LensStatus
from hexci.errors import BadInputError
from hexci.ports.lens import Scene
from hexci.usecases.review_by_rules import RulesLens

RULE = Finding("HX001", Severity.ERROR, "a.py", 1, 0, "domain imports adapters")
OTHER = Finding("HX001", Severity.ERROR, "b.py", 1, 0, "domain imports adapters")
RUN = EvidenceRun(0, "", 1.0, "none")
SCENE = Scene("tree", EvidenceSpec("pytest"), RUN, 100.0, {"a.py": frozenset()}, "base")
WHOLE = Scene("tree", EvidenceSpec("pytest"), RUN, 100.0, {"a.py": frozenset()})


def no_judgement() -> Report:
    raise BadInputError("the config cannot be read")


def test_findings_of_every_check_are_brought() -> None:
    lens = RulesLens([lambda: Report("analyze", (RULE,)), lambda: Report("adr", (OTHER,))])
    assert lens.hunt(SCENE, progress=FakeProgress()).findings == (RULE, OTHER)


def test_of_a_whole_tree_only_what_is_under_review_is_told() -> None:
    lens = RulesLens([lambda: Report("analyze", (RULE, OTHER))])
    assert lens.hunt(WHOLE, progress=FakeProgress()).findings == (RULE,)


def test_a_check_that_cannot_judge_is_no_clean_one() -> None:
    lens = RulesLens([lambda: Report("analyze", (RULE,)), no_judgement])
    found = lens.hunt(SCENE, progress=FakeProgress())
    assert (found.status, found.findings) == (LensStatus.INVALID, ())
