"""The gateway before every effect: permitted, set aside, done, settled; denials are kept."""

from collections.abc import Callable, Mapping
from copy import copy
from threading import Lock
from typing import TypeVar

from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.law.limits import NOTHING, Amounts, Ceiling, smallest
from hexci.errors import BudgetError, DeniedError
from hexci.ports.gateway import Denial

Result = TypeVar("Result")
# A verb and what it is done to.
Effect = tuple[str, str]


class LawGateway:
    """The law for one node, below that of its pipeline, below that of the repository.

    Set-asides of parallel children are seen by all: one lock guards the whole tree of accounts.
    """

    def __init__(  # noqa: PLR0913 - by keyword, each with a default
        self,
        authority: Authority,
        ceiling: Ceiling | None = None,
        *,
        who: str = "",
        denied: Callable[[Denial], None] | None = None,
        above: "LawGateway | None" = None,
        scoped: Mapping[Effect, Ceiling] | None = None,
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
        # accounts of their own for what is done to one thing, such as one model
        self._scoped: dict[Effect, tuple[LawGateway, ...]] = above._scoped if above else {}  # noqa: SLF001
        for effect, most in (scoped or {}).items():
            account = LawGateway(authority, most)
            self._scoped = {**self._scoped, effect: (*self._scoped.get(effect, ()), account)}

    @property
    def authority(self) -> Authority:
        """What may be done."""
        return self._authority

    def child(
        self,
        who: str,
        layer: CapLayer | None,
        ceiling: Ceiling,
        told: Callable[[Denial], None] | None = None,
    ) -> "LawGateway":
        """The law for `who` (empty: the same), who can only have less; `told` hears denials too."""
        authority = self._authority.narrowed(layer) if layer else self._authority
        denied = _both(self._denied, told) if told else None
        return LawGateway(authority, ceiling, who=who or self.who, denied=denied, above=self)

    def entered(
        self, layer: CapLayer, ceiling: Ceiling, denied: Callable[[Denial], None],
        scoped: Mapping[Effect, Ceiling] | None = None,
    ) -> "LawGateway":  # fmt: skip
        """The law at the top of a run that is part of this one; denials are told to its record."""
        authority = self._authority.narrowed(layer)
        return LawGateway(authority, ceiling, denied=denied, above=self, scoped=scoped)

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
        accounts = self._accounts_of(verb, scope) if self._scoped else self._accounts
        excess = "" if worst is NOTHING else self._set_aside(worst, accounts)
        if excess:
            self._denied(Denial(self.who, verb, scope, excess, limit=True))
            said = f"{self.who}: {excess}" if self.who else excess
            raise BudgetError(said, "The call was not made.")
        result = action()  # when it breaks nobody can tell what was used: all stays set aside
        if used is not None:
            self._settle(worst, used(result), accounts)
        return result

    def left(self, verb: str = "", scope: str = "") -> Ceiling:
        """What may still be used (by `verb` on `scope`), by the tightest limit from here up."""
        accounts = self._accounts_of(verb, scope)
        with self._lock:
            return smallest(account.ceiling.left(account.used) for account in accounts)

    def _accounts_of(self, verb: str, scope: str) -> "tuple[LawGateway, ...]":
        return self._accounts + self._scoped.get((verb, scope), ())

    def _set_aside(self, worst: Amounts, accounts: "tuple[LawGateway, ...]") -> str:
        """Why `worst` cannot be set aside; empty when it was."""
        with self._lock:
            for account in accounts:
                excess = account.ceiling.excess(account.used, worst)
                if excess:
                    return excess
            for account in accounts:
                account.used += worst
        return ""

    def _settle(self, worst: Amounts, actual: Amounts, accounts: "tuple[LawGateway, ...]") -> None:
        with self._lock:
            for account in accounts:
                account.used = account.used - worst + actual


def root_gateway(
    authority: Authority,
    ceiling: Ceiling,
    denied: Callable[[Denial], None],
    scoped: Mapping[Effect, Ceiling] | None = None,
) -> LawGateway:
    """The law at the top of a run. `scoped` limits single things: `("llm", SPEC)` → the most."""
    return LawGateway(authority, ceiling, denied=denied, scoped=scoped)


def _ignore(denial: Denial) -> None:
    del denial


def _both(
    one: Callable[[Denial], None], other: Callable[[Denial], None]
) -> Callable[[Denial], None]:
    def tell(denial: Denial) -> None:
        one(denial)
        other(denial)

    return tell
