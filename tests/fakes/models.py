"""Chat models that say what they are told to."""

from collections.abc import Callable, Iterable

from fakes.ports import FakeClock

from hexci.domain.agent.budget import Ceilings, Price
from hexci.domain.agent.conversation import Reply, Request, Usage
from hexci.domain.law.caps import VERBS, Authority, Cap, CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.ports.gateway import Gateway
from hexci.ports.model import ChatModel, ModelFault
from hexci.usecases.enforce_law import root_gateway
from hexci.usecases.metered_model import MeteredModel, Purse, Waiting

EVERYTHING = Authority((CapLayer("test", tuple(Cap(verb) for verb in VERBS)),))


class ScriptedModel:
    """Answers call after call; an exception in the script is raised."""

    def __init__(self, *script: Reply | ModelFault, name: str = "openai/scripted") -> None:
        self._script = list(script)
        self._name = name
        self.requests: list[Request] = []

    @property
    def name(self) -> str:
        return self._name

    def complete(self, request: Request) -> Reply:
        self.requests.append(request)
        said = self._script.pop(0)
        if isinstance(said, ModelFault):
            raise said
        return said


class DeceitfulModel:
    """Uses as much of what it is allowed as it can, whatever it is asked."""

    name = "openai/dear"

    def __init__(self, usages: Iterable[Callable[[Request], Usage | None]]) -> None:
        self._usages = iter(usages)
        self.requests: list[Request] = []

    def complete(self, request: Request) -> Reply:
        self.requests.append(request)
        return Reply("", usage=next(self._usages)(request))


class SleepingClock(FakeClock):
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def metered(
    model: ChatModel,
    *,
    price: Price | None = None,
    ceilings: Ceilings | None = None,
    clock: SleepingClock | None = None,
    gateway: Gateway | None = None,
) -> MeteredModel:
    clock = clock or SleepingClock()
    waiting = Waiting(clock, clock.sleep, lambda: 1.0)
    gateway = gateway or root_gateway(EVERYTHING, Ceiling(), lambda _: None)
    return MeteredModel(model, price, Purse(ceilings or Ceilings()), waiting, gateway)
