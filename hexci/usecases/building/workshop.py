"""What all phases of a build share: who sits where, what is said, and what is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hexci.domain.building.cast import Cast
from hexci.domain.building.order import BuildOrder
from hexci.domain.canonical import Json, digest
from hexci.domain.debate.letter import Kind
from hexci.domain.debate.roles import CONDUCTOR, Role
from hexci.domain.plan import Plan
from hexci.ports.clock import Clock
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner
from hexci.usecases.building.ask_role import NoAnswerError, Seat, Tally
from hexci.usecases.hold_debate import Debate
from hexci.usecases.record_run import Recorder

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Workshop:
    """The ports of a build and its frozen plan. `scene` describes the repository.

    `nonce` marks data in prompts: the same for the same challenge on the same tree.
    """

    order: BuildOrder
    plan: Plan
    cast: Cast
    debate: Debate
    recorder: Recorder
    seat: Callable[[Role], Seat]
    objects: Objects
    rooms: Rooms
    runner: EvidenceRunner
    clock: Clock
    progress: Progress
    deadline: float
    scene: str
    nonce: str
    tally: Tally

    def artifact(self, name: str, text: str) -> dict[str, Json]:
        """Keeps a text in the record; what a message says of it."""
        content = text.encode("utf-8", "surrogatepass")
        self.recorder.put(name, content)
        return {"artifact": name, "digest": digest(content)}

    def tell(
        self, to: str, kind: Kind, payload: Mapping[str, Json], talk: str, protocol: str
    ) -> None:
        """The conductor says something."""
        self.debate.say(CONDUCTOR, to, kind, payload, talk, protocol)

    def turn(  # noqa: PLR0913 - whose turn, in which talk, and what comes of it
        self,
        role: Role,
        talk: str,
        protocol: str,
        *,
        kind: Kind,
        work: Callable[[], Value],
        told: Callable[[Value], Mapping[str, Json]],
    ) -> Value | None:
        """The work of one role, told to the conductor; None when it failed, which is told too.

        What failed before this run was taken up again has failed. A limit, or a model that cannot
        be reached, is no failure of the role: it ends the run, which may be taken up later.
        """
        if self.debate.failed_before(role.name, talk):
            return None
        try:
            value = work()
        except NoAnswerError as error:
            failure: dict[str, Json] = {"outcome": error.outcome, "reason": error.message[:500]}
            self.debate.say(role.name, CONDUCTOR, Kind.FAILURE, failure, talk, protocol)
            self.progress.note(f"{role.name}: {error.message}")
            return None
        self.debate.say(role.name, CONDUCTOR, kind, told(value), talk, protocol)
        return value
