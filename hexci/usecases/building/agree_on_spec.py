"""The first half of a build: divergent designs, a red team on each, one specification."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from hexci.domain.building.asking import (
    Question,
    amendment_question,
    critique_question,
    design_question,
    objections_in,
    spec_question,
    text_in,
    vote_in,
    vote_question,
)
from hexci.domain.building.order import ROUNDS
from hexci.domain.canonical import Json
from hexci.domain.debate.letter import ALL, Kind
from hexci.domain.debate.roles import CONDUCTOR, Role
from hexci.errors import ModelError
from hexci.usecases.building.ask_role import ask_role
from hexci.usecases.building.workshop import Workshop

Item = TypeVar("Item")

# Agents who are asked at the same time.
_AT_ONCE = 4
_NEGOTIATION = "specification"


@dataclass(frozen=True, slots=True)
class Design:
    """One design, and what the red team holds against it (None: nobody could look)."""

    priority: str
    text: str
    objections: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Specification:
    """What is to be built. `dissent` are objections that were never met."""

    text: str
    agreed: bool
    dissent: tuple[str, ...] = ()


def agree_on_spec(shop: Workshop) -> tuple[Specification, tuple[Design, ...]]:
    """The specification, and the designs it was made from.

    Raises ModelError when nobody could design, or the lead could not specify.
    """
    shop.progress.stage("design", ", ".join(shop.order.priorities))
    designs = _designs(shop)
    shop.recorder.step(f"designs {len(designs)}", {})
    shop.progress.stage("attack", f"{len(designs)} designs")
    attacked = _attacked(shop, designs)
    shop.recorder.step(f"critiques {len(attacked)}", {})
    shop.progress.stage("specify", shop.cast.lead.by)
    spec = _negotiated(shop, attacked)
    shop.recorder.step(f"specification {'agreed' if spec.agreed else 'with dissent'}", {})
    return spec, attacked


def _designs(shop: Workshop) -> tuple[Design, ...]:
    names: list[Json] = [role.name for role in shop.cast.architects]
    asked: dict[str, Json] = {"audience": names, "challenge": shop.order.challenge}
    shop.tell(ALL, Kind.CALL, asked, "design", "broadcast")

    def design(pair: tuple[Role, str]) -> Design | None:
        role, priority = pair
        question = design_question(shop.order, priority, shop.scene)
        said = shop.turn(
            role, "design", "broadcast", kind=Kind.ANSWER,
            work=lambda: _text(question, "design", role, shop),
            told=lambda text: shop.artifact(f"designs/{priority}.md", text),
        )  # fmt: skip
        return None if said is None else Design(priority, said)

    pairs = list(zip(shop.cast.architects, shop.order.priorities, strict=True))
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        designs = [found for found in pool.map(design, pairs) if found is not None]
    if not designs:
        raise ModelError("no architect brought a design", "See: hexci show last --messages")
    return tuple(designs)


def _attacked(shop: Workshop, designs: Sequence[Design]) -> tuple[Design, ...]:
    critics = dict(zip(shop.order.priorities, shop.cast.critics, strict=True))

    def attack(design: Design) -> Design:
        critic, talk = critics[design.priority], f"attack-{design.priority}"
        given: dict[str, Json] = {"artifact": f"designs/{design.priority}.md"}
        shop.tell(critic.name, Kind.TASK, given, talk, "delegation")
        question = critique_question(shop.order, design.priority, design.text, shop.nonce)
        said = shop.turn(
            critic, talk, "delegation", kind=Kind.RESULT,
            work=lambda: ask_role(question, objections_in, shop.seat(critic)),
            told=lambda objections: {"objections": list(objections)},
        )  # fmt: skip
        return Design(design.priority, design.text, said)

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return tuple(pool.map(attack, designs))


def _negotiated(shop: Workshop, designs: Sequence[Design]) -> Specification:
    lead = shop.cast.lead.name
    told = {d.priority: (d.text, d.objections or ()) for d in designs}
    question = spec_question(shop.order, shop.scene, told, shop.nonce)
    spec, dissent = _text(question, "specification", shop.cast.lead, shop), tuple[str, ...]()
    for number in range(1, ROUNDS + 1):
        payload = {"rounds": ROUNDS, **shop.artifact(f"specifications/{number}.md", spec)}
        shop.debate.say(lead, CONDUCTOR, Kind.PROPOSAL, payload, _NEGOTIATION, "negotiation")
        carried, dissent = _voted(shop, spec, number)
        if carried:
            shop.tell(lead, Kind.COMMIT, {"proposal": number}, _NEGOTIATION, "negotiation")
            return Specification(spec, agreed=True)
        if number == ROUNDS:
            break
        against: dict[str, Json] = {"objections": list(dissent)}
        shop.tell(lead, Kind.COUNTER, against, _NEGOTIATION, "negotiation")
        question = amendment_question(shop.order, spec, dissent, shop.nonce)
        spec = _text(question, "specification", shop.cast.lead, shop)
    last: dict[str, Json] = {"reason": "no agreement", "kept": f"specifications/{ROUNDS}.md"}
    shop.tell(lead, Kind.ABORT, last, _NEGOTIATION, "negotiation")
    return Specification(spec, agreed=False, dissent=dissent)


def _voted(shop: Workshop, spec: str, number: int) -> tuple[bool, tuple[str, ...]]:
    """Whether enough skeptics are for it, and the objections of the others."""
    talk, skeptics = f"vote-{number}", shop.cast.skeptics
    motion: dict[str, Json] = {
        "voters": [role.name for role in skeptics],
        "needed": shop.cast.needed,
        "artifact": f"specifications/{number}.md",
    }
    shop.tell(ALL, Kind.MOTION, motion, talk, "consensus")

    def vote(role: Role) -> tuple[bool, tuple[str, ...]] | None:
        question = vote_question(shop.order, spec, shop.nonce)
        return shop.turn(
            role, talk, "consensus", kind=Kind.VOTE,
            work=lambda: ask_role(question, vote_in, shop.seat(role)), told=_ballot,
        )  # fmt: skip

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        votes = [said for said in pool.map(vote, skeptics) if said is not None]
    carried = sum(stand for stand, _ in votes) >= shop.cast.needed
    shop.tell(ALL, Kind.DECISION, {"carried": carried}, talk, "consensus")
    against = (objection for stand, said in votes if not stand for objection in said)
    return carried, tuple(against)


def _ballot(said: tuple[bool, tuple[str, ...]]) -> Mapping[str, Json]:
    return {"for": said[0], "objections": list(said[1])}


def _text(question: Question, name: str, role: Role, shop: Workshop) -> str:
    """The text of an answer."""
    return ask_role(question, lambda given: text_in(given, name), shop.seat(role))[0]
