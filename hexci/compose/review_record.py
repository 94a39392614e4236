"""Wires what a review leaves: its run record, the debate of its lenses, replies it paid for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hexci.compose.debates import debate_of
from hexci.compose.records import records_of

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.canonical import Json
    from hexci.domain.debate.roles import Role
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Plan
    from hexci.domain.review.order import ReviewOrder
    from hexci.domain.run_result import RunResult
    from hexci.ports.records import StoredRun
    from hexci.usecases.hold_debate import Debate
    from hexci.usecases.record_run import Recorder
    from hexci.usecases.review_aloud import Aloud
    from hexci.usecases.run_shelf import RunShelf


@dataclass(slots=True)
class ReviewRecord:
    """One review's run. What it ended with is set by `end`; without that it is a failure."""

    plan: "Plan"
    order: "ReviewOrder"
    recorder: "Recorder"
    debate: "Debate"
    shelf: "RunShelf"
    stored: "StoredRun | None"
    _ended: "tuple[Outcome, dict[str, Json], dict[str, bytes]] | None" = field(default=None)

    @property
    def used(self) -> float:
        """Seconds that it was at work before it was taken up."""
        from hexci.domain.stored_run import active_seconds, journal_of

        return active_seconds(journal_of(self.stored.files)) if self.stored else 0.0

    @contextmanager
    def kept(self, roles: "Sequence[Role]") -> "Iterator[Aloud]":
        """The record while the block lasts: begun, or taken up; it has exactly one end."""
        from hexci.adapters.stored.plans import REVIEW, read_report
        from hexci.domain.canonical import canonical, plain
        from hexci.domain.outcome import Outcome
        from hexci.errors import HexciError
        from hexci.usecases.review_aloud import Aloud

        before = self.stored.files if self.stored else {}
        aloud = Aloud(self.debate, self.recorder, read_report, before)
        if self.stored:
            self.recorder.take_up(self.stored, self.plan)
        else:
            self.recorder.put(REVIEW, canonical(plain(self.order)) + b"\n")
            self.recorder.begin(self.plan)
        try:
            self.debate.enrol(roles)
            aloud.open(roles, self.order.target)
            yield aloud
        except HexciError as error:
            self._close(Outcome(error.outcome), {"reason": str(error)}, {})
            raise
        except BaseException as error:
            reason = "interrupted" if isinstance(error, KeyboardInterrupt) else repr(error)
            self._close(Outcome.INFRA_ERROR, {"reason": reason}, {})
            raise
        outcome, facts, files = self._ended or (Outcome.INFRA_ERROR, {"reason": "no end"}, {})
        self._close(outcome, facts, files)

    def end(self, outcome: "Outcome", facts: "dict[str, Json]", files: dict[str, bytes]) -> None:
        """How it came out."""
        self._ended = (outcome, facts, files)

    def fixed_before(self, work: "Plan", checkout: "Checkout") -> "tuple[Plan, RunResult | None]":
        """What became of a fix before this review was taken up; else the plan to carry out.

        A fix that was killed is begun again under another attempt: its paid calls are known.
        """
        from dataclasses import replace

        from hexci.domain.run_id import run_id
        from hexci.domain.stored_run import result_of

        if self.stored is None:
            return work, None
        records = records_of(checkout)
        while (known := records.load(run_id(work))) is not None:
            result = result_of(known.run, work, known.files)
            if result is not None:
                return work, result
            work = replace(work, attempt=work.attempt + 1)
        return work, None

    def _close(self, outcome: "Outcome", facts: "dict[str, Json]", files: dict[str, bytes]) -> None:
        head: dict[str, Json] = {"messages_head": self.debate.log.head}
        self.recorder.end(outcome, {**facts, **head}, files)


def review_record(
    plan: "Plan",
    order: "ReviewOrder",
    checkout: "Checkout",
    quarters: "Quarters",
    stored: "StoredRun | None",
) -> ReviewRecord:
    """The record of a review, not begun yet."""
    from hexci.adapters.git.records import GitRecords
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import this_owner
    from hexci.domain.canonical import digest_of
    from hexci.domain.run_id import stamped_id
    from hexci.usecases.record_run import Recorder
    from hexci.usecases.run_shelf import RunShelf

    parts = (plan.event.id, plan.base_commit, plan.digest, digest_of(order), str(plan.attempt))
    run = stored.run if stored else stamped_id(plan.event.at, "review", *parts)
    records = GitRecords(checkout, quarters.vault)
    recorder = Recorder(run, records=records, clock=SystemClock(), owner=this_owner())
    debate = debate_of(recorder, quarters, stored)
    shelf = RunShelf(recorder, stored.files if stored else None)
    return ReviewRecord(plan, order, recorder, debate, shelf, stored)
