"""What the gate costs, and what each of its steps is worth."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.measurement import Paired

# What the whole gate may take on a suite of S seconds: TIMES x S + SECONDS.
TIMES, SECONDS = 2.5, 2.0


@dataclass(frozen=True, slots=True)
class GateCost:
    """One suite: the whole gate beside its evidence run bare, in seconds of wall clock.

    `steps` are seconds of each step, run by run, as the gate's own record says.
    """

    tests: int
    wall: Paired
    steps: Mapping[str, tuple[float, ...]]

    @property
    def allowed(self) -> tuple[float, ...]:
        """What each run might have taken."""
        return tuple(TIMES * bare + SECONDS for bare in self.wall.theirs)

    @property
    def within(self) -> int:
        """How many runs took no longer."""
        return sum(took <= most for took, most in zip(self.wall.ours, self.allowed, strict=True))


@dataclass(frozen=True, slots=True)
class StepWorth:
    """Attacks of the catalogue that one step refuses, and those that no other step would."""

    step: str
    caught: int
    lost: int


@dataclass(frozen=True, slots=True)
class Worth:
    """The catalogue's attacks by the step that refuses them; `accepted` ones no step does."""

    attacks: int
    accepted: int
    steps: tuple[StepWorth, ...]
