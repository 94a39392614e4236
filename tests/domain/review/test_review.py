"""How a review ends, and what it says of an earlier one."""

from dataclasses import replace

from hexci.domain.finding import Finding, Severity
from hexci.domain.outcome import Outcome
from hexci.domain.review.claim import Claim, Judged, LensReport, LensStatus, Standing
from hexci.domain.review.fix import Fix
from hexci.domain.review.fix import test_path as kept_at
from hexci.domain.review.history import Known, resolved
from hexci.domain.review.review import Review

CLAIM = Claim("crashes", "mean breaks", "a.py", 3, "ZeroDivisionError", "def test(): mean([])\n")
PROVEN = Judged(CLAIM, Standing.CONFIRMED, "fails 3 times out of 3")
FOUND = LensReport("crashes", "search", LensStatus.OK, (CLAIM,))
SILENT = LensReport("torn", "search", LensStatus.EMPTY)
LATE = LensReport("races", "search", LensStatus.TIMEOUT, told="no time")


def review(*lenses: LensReport, fixes: tuple[Fix, ...] = ()) -> Review:
    return Review(lenses, (PROVEN,) if FOUND in lenses else (), fixes)


def fix(outcome: Outcome) -> Fix:
    return Fix(CLAIM, outcome, "run", "test_mean.py")


def test_a_lens_that_has_not_answered_leaves_the_review_incomplete() -> None:
    assert review(SILENT, LATE).outcome is Outcome.REVIEW_INCOMPLETE
    assert review(FOUND, LATE, fixes=(fix(Outcome.COMMITTED),)).outcome is Outcome.REVIEW_INCOMPLETE
    assert review().outcome is Outcome.REVIEW_INCOMPLETE


def test_findings_are_done_with_when_every_fix_landed() -> None:
    assert review(FOUND).outcome is Outcome.FINDINGS
    assert review(FOUND, fixes=(fix(Outcome.UNPROVEN),)).outcome is Outcome.FINDINGS
    assert review(FOUND, fixes=(fix(Outcome.COMMITTED),)).outcome is Outcome.COMMITTED


def test_a_warning_does_not_fail_a_review() -> None:
    mild = replace(CLAIM, severity=Severity.WARNING)
    judged = Review((FOUND,), (replace(PROVEN, claim=mild),))
    assert judged.outcome is Outcome.REVIEWED_CLEAN
    assert judged.report(["x"]).findings[0].severity is Severity.WARNING


def test_what_our_own_checkers_find_counts_without_a_reproducer() -> None:
    rule = Finding("HX001", Severity.ERROR, "a.py", 1, 0, "domain imports adapters")
    judged = review(replace(SILENT, lens="rules", status=LensStatus.OK, findings=(rule,)))
    assert judged.outcome is Outcome.FINDINGS
    assert judged.report([]).findings == (rule,)


def test_a_finding_carries_its_proof_and_keeps_its_name_when_lines_move() -> None:
    one = review(FOUND).report(["a.py\0mean\0return sum(v) / len(v)"]).findings[0]
    moved = replace(CLAIM, line=30)
    other = Review((FOUND,), (replace(PROVEN, claim=moved),))
    again = other.report(["a.py\0mean\0return sum(v) / len(v)"]).findings[0]
    assert (one.proof, one.fingerprint) == (CLAIM.reproducer, again.fingerprint)


def test_what_is_gone_is_resolved_only_if_everybody_looked() -> None:
    before = [Known("0123456789abcdef", "a.py: mean breaks")]
    clean, incomplete = review(SILENT), review(SILENT, LATE)
    assert resolved(before, clean, clean.report([])) == tuple(before)
    assert resolved(before, incomplete, incomplete.report([])) == ()


def test_lenses_that_found_nothing_share_a_line() -> None:
    facts = dict(review(FOUND, SILENT, LATE).report(["x"]).facts)
    assert facts == {
        "lens crashes": "1 brought", "lens races": "timeout: no time", "found nothing": "torn",
    }  # fmt: skip


def test_a_reproducer_is_kept_under_a_name_that_says_what_it_shows() -> None:
    assert kept_at(CLAIM, "tests", ()) == "tests/test_a_mean_breaks.py"
    taken = kept_at(CLAIM, "tests", {"tests/test_a_mean_breaks.py"})
    assert taken.startswith("tests/test_a_mean_breaks_")
