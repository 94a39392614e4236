"""The gateway before every model call: set aside, call, settle; try again where that may help."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Condition, Lock

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


Chosen = tuple[Request, Spent]


@dataclass(slots=True)
class Purse:
    """What all models of one run may use together, also those that are asked at the same time."""

    ceilings: Ceilings
    spent: Spent = field(default=Spent())
    _under_way: int = 0
    _settled: Condition = field(default_factory=Condition)

    def set_aside(self, choose: Callable[[Spent], Chosen], patience: float) -> Chosen:
        """What `choose` takes, given what is spent and set aside so far; no one chooses beside it.

        Where it raises BudgetError, calls under way may still give something back: they are
        waited for, `patience` seconds each.
        """
        with self._settled:
            while True:
                try:
                    chosen = choose(self.spent)
                except BudgetError:
                    if not self._under_way or not self._settled.wait(patience):
                        raise
                else:
                    self.spent += chosen[1]
                    self._under_way += 1
                    return chosen

    def settle(self, set_aside: Spent, used: Spent) -> None:
        """Puts back what a call did not use."""
        with self._settled:
            self.spent += used - set_aside
            self._under_way -= 1
            self._settled.notify_all()

    def pay(self, used: Spent) -> None:
        """For what nobody could set aside."""
        with self._settled:
            self.spent += used


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
    _lock: Lock = field(default_factory=Lock)

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
        begun, timeout = self.waiting.clock.monotonic(), request.timeout
        request, reserved = self.purse.set_aside(
            lambda spent: self._chosen(request, spent), timeout
        )
        waited = self.waiting.clock.monotonic() - begun
        request = replace(request, timeout=max(_SHORTEST_CALL, timeout - waited))
        # until the call is made nothing is used; once it is, all may be, until it is known
        cost = Spent()

        def call() -> Reply | ModelFault:
            nonlocal cost
            cost = reserved
            try:
                return self.model.complete(request)
            except ModelFault as fault:
                return fault

        def settled(said: Reply | ModelFault) -> Spent:
            if isinstance(said, Reply):
                return used(said, reserved, self.price)
            # turned down: a call, but nothing was made
            return reserved if said.charged else Spent(calls=1)

        try:
            said = self.gateway.perform(
                "llm",
                self.name,
                call,
                worst=_amounts(reserved),
                used=lambda said: _amounts(settled(said)),
            )
            cost = settled(said)
        finally:
            self.purse.settle(reserved, cost)
            with self._lock:
                self.spent += cost
        if isinstance(said, ModelFault):
            raise said
        return said

    def _chosen(self, request: Request, spent: Spent) -> Chosen:
        ceilings = self.purse.ceilings
        if ceilings.usd is not None and self.price is None and ceilings.tokens is None:
            raise BudgetError(
                f"{self.name} has no known price, so --max-usd cannot be kept",
                "Give --max-tokens instead of, or beside, --max-usd.",
            )
        prompt = prompt_bound(request)
        most = ceilings.within(self.gateway.left("llm", self.name), spent)
        allowed, why = affordable(request, prompt, self.price, most, spent)
        if allowed is None:
            raise BudgetError(f"{self.name}: {why}", "The call was not made.")
        return allowed, worst(allowed, prompt, self.price)

    def _wait(self, fault: ModelFault, attempt: int) -> float:
        """Seconds before the next try: what the endpoint asks for, else doubling with jitter."""
        if fault.wait is not None:
            return fault.wait
        most = min(_FIRST_WAIT * 2.0 ** (attempt - 1), _LONGEST_WAIT)
        return most * (0.5 + self.waiting.jitter() / 2)


def _amounts(spent: Spent) -> Amounts:
    return Amounts(spent.usd, spent.tokens, spent.calls)
