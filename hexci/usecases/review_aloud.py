"""A review whose lenses speak: each answers the conductor once, and is not asked again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hexci.domain.canonical import Json, canonical, digest_of, plain
from hexci.domain.debate.letter import ALL, Kind
from hexci.domain.debate.roles import CONDUCTOR, Role
from hexci.domain.review.claim import LensReport
from hexci.domain.review.review import Review
from hexci.ports.lens import Lens, Scene
from hexci.ports.progress import Progress
from hexci.usecases.hold_debate import Debate
from hexci.usecases.record_run import Recorder


@dataclass(frozen=True, slots=True)
class Aloud:
    """The record of a review and its debate; `before` is the record as it was taken up.

    `read` reads the report of a lens back. `number` tells a later review of one run from the first.
    """

    debate: Debate
    recorder: Recorder
    read: Callable[[bytes], LensReport]
    before: Mapping[str, bytes]
    number: int = 1

    @property
    def talk(self) -> str:
        """The name of the hunt."""
        return f"hunt-{self.number}"

    def open(self, roles: Sequence[Role], target: str) -> None:
        """The conductor calls the lenses, which are on the roster."""
        audience: list[Json] = [role.name for role in roles]
        call: dict[str, Json] = {"audience": audience, "target": target}
        self.debate.say(CONDUCTOR, ALL, Kind.CALL, call, self.talk, "broadcast")

    def heard(self, role: Role, lens: Lens) -> Lens:
        """The lens, whose answer is said and kept."""
        return _Heard(lens.name, role.name, lens, self)

    def tell(self, found: Review) -> None:
        """What became of each claim, to all."""
        standings: dict[str, Json] = {}
        for one in found.judged:
            standings[digest_of(one.claim)[7:19]] = one.standing.value
        told: dict[str, Json] = {
            "audience": [],
            "outcome": found.outcome.value,
            "claims": standings,
        }
        talk = f"proof-{self.number}"
        if not self.debate.said_before(talk):
            self.debate.say(CONDUCTOR, ALL, Kind.CALL, told, talk, "broadcast")


@dataclass(frozen=True, slots=True)
class _Heard:
    name: str
    role: str
    lens: Lens
    aloud: Aloud

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Its report: as it was before the review was taken up, or a new one."""
        aloud = self.aloud
        place = f"lenses/{aloud.number}/{self.name}.json"
        known = aloud.before.get(place)
        report = aloud.read(known) if known else self.lens.hunt(scene, progress=progress)
        content = canonical(report) + b"\n"
        if report.status.answered:
            told: dict[str, Json] = {
                "artifact": place, "claims": [plain(claim.title) for claim in report.claims]
            }  # fmt: skip
            aloud.debate.say(self.role, CONDUCTOR, Kind.ANSWER, told, aloud.talk, "broadcast")
        else:
            why: dict[str, Json] = {"outcome": report.status.value, "reason": report.told[:500]}
            aloud.debate.say(self.role, CONDUCTOR, Kind.FAILURE, why, aloud.talk, "broadcast")
        aloud.recorder.step(f"lens {self.name} {report.status}", {place: content})
        return report
