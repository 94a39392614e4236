"""The gateway before every model call: set aside, call, settle; try again where that may help."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hexci.domain.agent.budget import Ceilings, Price, Spent, affordable, prompt_bound, used, worst
from hexci.domain.agent.conversation import Reply, Request
from hexci.domain.law.limits import Amounts
from hexci.errors import BudgetError, DeadlineError, ModelError
from hexci.ports.clock import Clock
from hexci.ports.gateway import Gateway
from hexci.ports.model import ChatModel, ModelFault

_TRIES = 5
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0
_SHORTEST_CALL = 1.0


@dataclass(slots=True)
class Purse:
    """What all model candidates of one run may use together."""

    ceilings: Ceilings
    spent: Spent = field(default=Spent())


@dataclass(frozen=True, slots=True)
class Waiting:
    """How to wait: `sleep` takes seconds, `jitter` gives a number from 0 to 1."""

    clock: Clock
    sleep: Callable[[float], None]
    jitter: Callable[[], float]


@dataclass(slots=True)
class MeteredModel:
    """A model behind the purse. `price` None: not known, only tokens are counted.

    `host` is the one that asking it reaches (empty: none): the law is asked for that, too.
    """

    model: ChatModel
    price: Price | None
    purse: Purse
    waiting: Waiting
    gateway: Gateway
    host: str = ""
    spent: Spent = field(default=Spent())

    @property
    def name(self) -> str:
        """Its SPEC."""
        return self.model.name

    def complete(self, request: Request) -> Reply:
        """One reply, tried again within `request.timeout` where that may help.

        Raises BudgetError before a call that could exceed a ceiling, ModelError and its kin
        when no try brought a reply.
        """
        clock = self.waiting.clock
        deadline = clock.monotonic() + request.timeout
        for attempt in range(1, _TRIES + 1):
            left = deadline - clock.monotonic()
            if left <= 0:
                break
            try:
                return self._once(replace(request, timeout=max(_SHORTEST_CALL, left)))
            except ModelFault as fault:
                wait = self._wait(fault, attempt)
                if not fault.again:
                    raise
                if clock.monotonic() + wait >= deadline:
                    raise DeadlineError(f"{self.name}: {fault.message}", fault.hint) from fault
                if attempt == _TRIES:
                    said = f"{self.name} did not answer after {attempt} tries: {fault.message}"
                    raise ModelError(said, fault.hint or "Try again later.") from fault
                self.waiting.sleep(wait)
        raise DeadlineError(f"{self.name}: no time is left for another call")

    def _once(self, request: Request) -> Reply:
        if self.host:
            self.gateway.require("net", self.host)
        request, reserved = self._reserve(request)

        def call() -> Reply | ModelFault:
            self._spend(reserved)
            try:
                return self.model.complete(request)
            except ModelFault as fault:
                return fault

        def settled(said: Reply | ModelFault) -> Spent:
            if isinstance(said, Reply):
                return used(said, reserved, self.price)
            # turned down: a call, but nothing was made
            return reserved if said.charged else Spent(calls=1)

        said = self.gateway.perform(
            "llm",
            self.name,
            call,
            worst=_amounts(reserved),
            used=lambda said: _amounts(settled(said)),
        )
        self._spend(settled(said) - reserved)
        if isinstance(said, ModelFault):
            raise said
        return said

    def _reserve(self, request: Request) -> tuple[Request, Spent]:
        ceilings = self.purse.ceilings
        if ceilings.usd is not None and self.price is None and ceilings.tokens is None:
            raise BudgetError(
                f"{self.name} has no known price, so --max-usd cannot be kept",
                "Give --max-tokens instead of, or beside, --max-usd.",
            )
        prompt = prompt_bound(request)
        most = ceilings.within(self.gateway.left("llm", self.name), self.purse.spent)
        allowed, why = affordable(request, prompt, self.price, most, self.purse.spent)
        if allowed is None:
            raise BudgetError(f"{self.name}: {why}", "The call was not made.")
        return allowed, worst(allowed, prompt, self.price)

    def _spend(self, amount: Spent) -> None:
        self.spent = self.spent + amount
        self.purse.spent = self.purse.spent + amount

    def _wait(self, fault: ModelFault, attempt: int) -> float:
        """Seconds before the next try: what the endpoint asks for, else doubling with jitter."""
        if fault.wait is not None:
            return fault.wait
        most = min(_FIRST_WAIT * 2.0 ** (attempt - 1), _LONGEST_WAIT)
        return most * (0.5 + self.waiting.jitter() / 2)


def _amounts(spent: Spent) -> Amounts:
    return Amounts(spent.usd, spent.tokens, spent.calls)
