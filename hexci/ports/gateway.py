"""What stands before every effect of a pipeline: may it be done, can it be paid for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hexci.domain.law.caps import Authority
from hexci.domain.law.limits import NOTHING, Amounts, Ceiling

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Denial:
    """Something that was wanted and could not be had. `who` is the node."""

    who: str
    verb: str
    scope: str
    reason: str


class Gateway(Protocol):
    """The law for one node of one run."""

    @property
    def authority(self) -> Authority:
        """What may be done."""
        ...

    def require(self, verb: str, scope: str = "") -> None:
        """Returns when `verb` may be done to `scope`.

        Raises DeniedError, after recording the denial, when not.
        """
        ...

    def perform(
        self,
        verb: str,
        scope: str,
        action: Callable[[], Result],
        *,
        worst: Amounts = NOTHING,
        used: Callable[[Result], Amounts] | None = None,
    ) -> Result:
        """What `action` returns: permitted, its `worst` set aside before, settled by `used` after.

        Without `used` the worst counts as used. Raises DeniedError or, where the worst could
        exceed a limit here or above, BudgetError; the action is then never begun.
        """
        ...

    def left(self) -> Ceiling:
        """What may still be used, by the tightest limit from here up."""
        ...
