"""What is left of a change when everything that its evidence does not need is dropped."""

from dataclasses import dataclass

from hexci.domain.change import Change
from hexci.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Minimised:
    """A smaller change and the verdict on it.

    `before` and `after` count hunks of the code (tests that come with the change stay), `by_line`
    says that what is left was cut further, line by line. `runs` of the evidence were needed.
    `complete` is False when time ran out, so that the change might be smaller yet.
    """

    change: Change
    verdict: Verdict
    before: int
    after: int
    by_line: bool
    runs: int
    complete: bool
