"""What a review of the built code does to it: mended and landed, or not landed at all."""

import pytest
from fakes.yards import Coder, Yard

from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.review.claim import Claim, Judged, LensReport, LensStatus, Standing
from hexci.domain.review.review import Review

CLAIM = Claim("crashes", "good is not great", "kit.py", 1, "AssertionError", "assert good, 'x'\n")
SHOWN = Review(
    (LensReport("crashes", "search", LensStatus.OK, (CLAIM,)),),
    (Judged(CLAIM, Standing.CONFIRMED, "fails"),),
)
CLEAN = Review((LensReport("crashes", "search", LensStatus.EMPTY),), ())
LATE = Review((LensReport("crashes", "search", LensStatus.TIMEOUT),), ())


class Reviews:
    """Says one review after the other, and remembers the trees."""

    def __init__(self, *found: Review) -> None:
        self.found = list(found)
        self.trees: list[str] = []

    def __call__(self, tree: str, green: EvidenceRun, number: int) -> Review:
        assert green.green
        self.trees.append(tree)
        assert number == len(self.trees)
        return self.found.pop(0)


def test_what_a_review_finds_nothing_in_lands() -> None:
    yard = Yard(review=Reviews(CLEAN))
    assert yard.build().outcome is Outcome.COMMITTED


def test_a_finding_becomes_a_frozen_test_and_the_code_is_written_again() -> None:
    reviews = Reviews(SHOWN, CLEAN)
    yard = Yard(review=reviews, coder=Coder())
    result = yard.build()
    assert result.outcome is Outcome.COMMITTED
    assert [turn.name for turn in result.tried] == ["debate", *["openai/scripted"] * 2]
    assert "test_kit_good_is_not_great.py" in yard.coder.tasks[1]
    assert "test_kit_good_is_not_great.py" in reviews.trees[1]


@pytest.mark.parametrize(
    ("reviews", "outcome"),
    [
        (Reviews(SHOWN, SHOWN), Outcome.FINDINGS),
        (Reviews(LATE), Outcome.REVIEW_INCOMPLETE),
        (Reviews(SHOWN, LATE), Outcome.REVIEW_INCOMPLETE),
    ],
    ids=["found again", "no answer", "no second answer"],
)
def test_what_a_review_does_not_pass_never_lands(reviews: Reviews, outcome: Outcome) -> None:
    yard = Yard(review=reviews)
    result = yard.build()
    assert (result.outcome, result.branch, yard.commits.messages) == (outcome, "", [])
    assert result.patch, "what was built is kept in the record"
