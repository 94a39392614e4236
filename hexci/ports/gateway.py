"""What stands before every effect of a pipeline: may it be done, can it be paid for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hexci.domain.law.caps import Authority, CapLayer
from hexci.domain.law.limits import NOTHING, Amounts, Ceiling

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Denial:
    """Something that was wanted and could not be had. `who` is the node.

    `limit`: it may be done, and a limit was reached.
    """

    who: str
    verb: str
    scope: str
    reason: str
    limit: bool = False

    @property
    def event(self) -> str:
        """What it is called in a record."""
        return "limit.exceeded" if self.limit else "cap.denied"


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

    def left(self, verb: str = "", scope: str = "") -> Ceiling:
        """What may still be used (by `verb` on `scope`), by the tightest limit from here up."""
        ...

    def child(
        self,
        who: str,
        layer: CapLayer | None,
        ceiling: Ceiling,
        told: Callable[[Denial], None] | None = None,
    ) -> "Gateway":
        """The law for `who` (empty: the same), who can only have less; `told` hears denials too."""
        ...
