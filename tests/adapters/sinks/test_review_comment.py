from hexci.adapters.sinks.review_comment import MARKER, known_in, render
from hexci.domain.review.claim import Claim, Judged, LensReport, LensStatus, Standing
from hexci.domain.review.history import Known
from hexci.domain.review.review import Review

TITLE = "f breaks --> <img> | pipe"
CLAIM = Claim("crashes", TITLE, "a.py", 3, "KeyError", "def test(): f('```')\n")
EMPTY = LensReport("torn", "search", LensStatus.EMPTY)
FOUND = Review(
    (LensReport("crashes", "search", LensStatus.OK, (CLAIM,)),),
    (Judged(CLAIM, Standing.CONFIRMED, "3 of 3"),),
)
CLEAN = Review((EMPTY,), ())


def test_nothing_is_said_when_there_is_nothing() -> None:
    assert render(CLEAN, CLEAN.report([])) == ""


def test_a_review_that_is_incomplete_is_never_silent() -> None:
    late = Review((LensReport("torn", "search", LensStatus.TIMEOUT, told="late"),), ())
    assert "review_incomplete" in render(late, late.report([]))


def test_the_comment_can_be_found_again_and_knows_its_findings() -> None:
    report = FOUND.report(["site"])
    body = render(FOUND, report)
    assert body.startswith(MARKER)
    assert [one.fingerprint for one in known_in(body)] == [report.findings[0].fingerprint]
    assert body.count("-->") == 2  # its own two comments; no title ends one
    assert "<img>" not in body.partition("hexci:review-state")[0]


def test_what_is_resolved_is_struck_out() -> None:
    body = render(CLEAN, CLEAN.report([]), [Known("f", "a.py: f breaks")])
    assert "~~a.py: f breaks~~ resolved" in body


def test_a_json_document_is_read_as_well_and_anything_else_is_nothing() -> None:
    text = '{"findings": [{"fingerprint": "f", "message": "m"}]}'
    assert known_in(text) == (Known("f", "m"),)
    assert known_in("hello") == () == known_in("[]")
