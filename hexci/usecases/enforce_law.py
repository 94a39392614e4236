"""The gateway before every effect: permitted, set aside, done, settled; denials are kept."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from threading import Lock
from typing import TypeVar

from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.law.limits import NOTHING, Amounts, Ceiling, smallest
from hexci.errors import BudgetError, DeniedError
from hexci.ports.gateway import Denial

Result = TypeVar("Result")


class LawGateway:
    """The law for one node, below that of its pipeline, below that of the repository.

    Set-asides of parallel children are seen by all: one lock guards the whole tree of accounts.
    """

    def __init__(
        self,
        authority: Authority,
        ceiling: Ceiling | None = None,
        *,
        who: str = "",
        denied: Callable[[Denial], None] | None = None,
        above: "LawGateway | None" = None,
    ) -> None:
        self._authority = authority
        self.ceiling = ceiling or Ceiling()
        self.who = who
        self.used = NOTHING
        self._denied: Callable[[Denial], None] = denied or (above._denied if above else _ignore)  # noqa: SLF001
        self._lock: Lock = above._lock if above else Lock()  # noqa: SLF001 - one lock a tree
        # accounts that limit nothing need no bookkeeping
        chain = [self, *(above._accounts if above else ())]  # noqa: SLF001
        self._accounts: tuple[LawGateway, ...] = tuple(
            account for account in chain if account is self or not account.ceiling.is_open
        )

    @property
    def authority(self) -> Authority:
        """What may be done."""
        return self._authority

    def child(self, who: str, layer: CapLayer | None, ceiling: Ceiling) -> "LawGateway":
        """The law for `who`, who can only have less."""
        authority = self._authority.narrowed(layer) if layer else self._authority
        return LawGateway(authority, ceiling, who=who, above=self)

    def entered(
        self, layer: CapLayer, ceiling: Ceiling, denied: Callable[[Denial], None]
    ) -> "LawGateway":
        """The law at the top of a run that is part of this one; denials are told to its record."""
        authority = self._authority.narrowed(layer)
        return LawGateway(authority, ceiling, denied=denied, above=self)

    def named(self, who: str) -> "LawGateway":
        """This same law, its denials told under another name."""
        same = copy(self)
        same.who = who
        same._accounts = tuple(a for a in self._accounts if not a.ceiling.is_open)  # noqa: SLF001
        return same

    def require(self, verb: str, scope: str = "") -> None:
        """Returns when `verb` may be done to `scope`; raises DeniedError, recorded, when not."""
        refusal = self._authority.refusal(verb, scope)
        if refusal:
            self._denied(Denial(self.who, verb, scope, refusal))
            raise DeniedError(
                f"{self.who}: {refusal}" if self.who else refusal,
                f"Where it is meant to, grant it: caps: [{Cap(verb, scope)}]",
            )

    def perform(
        self,
        verb: str,
        scope: str,
        action: Callable[[], Result],
        *,
        worst: Amounts = NOTHING,
        used: Callable[[Result], Amounts] | None = None,
    ) -> Result:
        """What `action` returns, under the law (see the port)."""
        self.require(verb, scope)
        self._set_aside(worst)
        result = action()  # when it breaks nobody can tell what was used: all stays set aside
        if used is not None:
            self._settle(worst, used(result))
        return result

    def left(self) -> Ceiling:
        """What may still be used, by the tightest limit from here up."""
        with self._lock:
            return smallest(account.ceiling.left(account.used) for account in self._accounts)

    def _set_aside(self, worst: Amounts) -> None:
        if worst is NOTHING:
            return
        with self._lock:
            for account in self._accounts:
                excess = account.ceiling.excess(account.used, worst)
                if excess:
                    said = f"{self.who}: {excess}" if self.who else excess
                    raise BudgetError(said, "The call was not made.")
            for account in self._accounts:
                account.used += worst

    def _settle(self, worst: Amounts, actual: Amounts) -> None:
        with self._lock:
            for account in self._accounts:
                account.used = account.used - worst + actual


def root_gateway(
    authority: Authority, ceiling: Ceiling, denied: Callable[[Denial], None]
) -> LawGateway:
    """The law at the top of a run."""
    return LawGateway(authority, replace(ceiling), denied=denied)


def _ignore(denial: Denial) -> None:
    del denial
