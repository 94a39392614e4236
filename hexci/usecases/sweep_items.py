"""A foreach under way: which items have begun, how they ended, what they give together."""

from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.manifests.program import Step
from hexci.domain.outcome import Outcome
from hexci.ports.doer import Done
from hexci.usecases.take_turns import Job


@dataclass(slots=True)
class Sweep:
    """One foreach. `begun` is in monotonic seconds."""

    step: Step
    items: list[Json]
    begun: float
    following: int = 0
    done: dict[int, Done] = field(default_factory=dict)

    def first(self) -> list[Job]:
        """As many jobs as may go on at once."""
        each = self.step.each
        assert each is not None  # noqa: S101 - only a foreach is swept
        return [self._next() for _ in range(min(len(self.items), each.concurrency))]

    def ended(self, index: int, done: Done) -> Job | None:
        """Notes an item's end; the next job, None when no more are to be started."""
        self.done[index] = done
        if not done.outcome.happened:
            self.following = len(self.items)
        return self._next() if self.following < len(self.items) else None

    def result(self) -> Done:
        """What all items came to: the first failure decides."""
        failed = next((i for i in sorted(self.done) if not self.done[i].outcome.happened), None)
        outcome = Outcome.OK if failed is None else self.done[failed].outcome
        reason = "" if failed is None else f"item {failed}: {self.done[failed].reason}"
        items: list[Json] = [
            {"outcome": self.done[i].outcome.value, **self.done[i].outputs}
            for i in sorted(self.done)
        ]
        files = {
            f"{i}/{name}": text
            for i, done in self.done.items()
            for name, text in done.files.items()
        }
        return Done(outcome, {"items": items}, reason, files)

    def _next(self) -> Job:
        each, index = self.step.each, self.following
        assert each is not None  # noqa: S101
        self.following += 1
        return Job(self.step, index, each.arguments, each.kind, item=self.items[index])
