"""The platform fails at every single request, in every way: told, and never anything twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from fakes.forges import Stage
from fakes.github_server import TOKEN, FakeGitHub, Fault, fake_github
from fakes.ports import FakeClock

from hexci.adapters.github.client import Client, Patience
from hexci.adapters.github.forge import GitHub
from hexci.adapters.sinks.conversation import Conversation
from hexci.domain.asking.delivery import Delivery
from hexci.domain.outcome import Outcome
from hexci.domain.redaction import Redactor
from hexci.errors import HexciError
from hexci.usecases.handle_event import handle_event
from hexci.usecases.handling import Handling

pytestmark = pytest.mark.slow

SECONDARY = "You have exceeded a secondary rate limit"
FAULTS: dict[str, Callable[[], Fault]] = {
    "500 after it was done": lambda: Fault(500, late=True),
    "a burst of 502": lambda: Fault(502, times=4),
    "an outage": lambda: Fault(503, times=1_000),
    "the secondary limit": lambda: Fault(403, message=SECONDARY),
    "a limit beyond our patience": lambda: Fault(429, {"retry-after": "4000"}),
    "409": lambda: Fault(409, message="try again"),
    "half an answer": lambda: Fault(cut=True),
    "half an answer after it was done": lambda: Fault(cut=True, late=True),
    "a token that expires": lambda: Fault(401, times=1_000, message="Bad credentials"),
}  # fmt: skip


class Wheel(FakeClock):
    """A clock that sleeping turns."""

    at = 0.0

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@dataclass
class Weather:
    """A stage whose forge is the real adapter on a server that fails."""

    server: FakeGitHub
    delivery: Delivery
    stage: Stage = field(default_factory=Stage)
    wheel: Wheel = field(default_factory=Wheel)
    each: float = 30.0

    def handling(self, attempt: int = 1, run: str = "1") -> Handling:
        patience = Patience(self.wheel, self.wheel.sleep, each=self.each)
        forge = GitHub(Client(self.server.url, TOKEN, patience), "octo/app", "github-actions[bot]")
        handling = self.stage.handling(self.delivery, run, attempt)
        means = replace(
            handling.means, people=forge, talk=forge, proposals=forge, jobs=forge,
            voice=Conversation(Redactor([TOKEN])), clock=self.wheel,
        )  # fmt: skip
        return replace(handling, means=means)

    def attempt(self, attempt: int = 1, run: str = "1") -> Outcome:
        """How one attempt of the job ends."""
        before = self.wheel.at
        try:
            outcome = handle_event(self.handling(attempt, run)).outcome
        except HexciError as error:
            outcome = Outcome(error.outcome)
        assert self.wheel.at - before < 1_800  # within a job's time
        return outcome

    @property
    def made(self) -> tuple[int, int, int]:
        """Comments, drafts and runs."""
        state = self.server
        return len(state.comments), len(state.pulls), len(self.stage.workshop.requests)

    def clear(self) -> None:
        """Nothing happened yet, and the sky is blue."""
        for kept in (self.server.comments, self.server.pulls, self.server.labels):
            kept.clear()
        self.server.faults.clear()
        self.server.requests.clear()
        self.server.reactions.clear()
        self.stage = Stage()


@pytest.fixture
def weather() -> Iterator[Weather]:
    permissions = {"ada": "admin"}
    with fake_github(permissions=permissions, accounts={"ada": 7}) as server:
        yield Weather(server, Stage().comment("/hex do it"))
    assert server.violations == []


@pytest.mark.parametrize("how", FAULTS)
def test_whatever_fails_is_told_and_the_next_attempt_finishes_with_one_of_everything(
    weather: Weather, how: str
) -> None:
    assert weather.attempt() is Outcome.COMMITTED
    asked = list(weather.server.requests)
    assert len(asked) > 10
    for place, request in enumerate(asked):
        weather.clear()
        weather.server.faults.append(replace(FAULTS[how](), after=place))
        first = weather.attempt()
        weather.server.faults.clear()
        again = weather.attempt(2)
        third = weather.attempt(1, "another job")
        assert {first} <= {Outcome.COMMITTED, Outcome.INFRA_ERROR}, (request, first)
        assert (again, third, weather.made) == (
            Outcome.COMMITTED, Outcome.COMMITTED, (1, 1, 1),
        ), request  # fmt: skip


@pytest.mark.parametrize("late", [False, True])
def test_a_server_that_says_nothing_is_given_up_and_nothing_is_doubled(
    weather: Weather, *, late: bool
) -> None:
    weather.each = 0.3
    for match in ("GET .*/permission", "POST .*/comments$", "POST .*/pulls$"):
        weather.clear()
        weather.server.faults.append(Fault(slow=0.5, late=late, match=match))
        assert weather.attempt() in {Outcome.COMMITTED, Outcome.INFRA_ERROR}
        assert (weather.attempt(2), weather.made) == (Outcome.COMMITTED, (1, 1, 1)), match


def test_an_expired_token_says_so(weather: Weather) -> None:
    weather.server.faults.append(Fault(401, times=1_000, after=4))
    with pytest.raises(HexciError, match="it expired during the job"):
        handle_event(weather.handling())
