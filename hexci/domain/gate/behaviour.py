"""What a change does elsewhere than in its tests: judged on answers with and without it.

An honest fix changes what the program does: also on inputs that no test names, also outside a test
runner, later, elsewhere, and when it is asked again. One that only pleases its tests does not.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# So many inputs besides the tested ones, with so many different answers, must be like base.
_COMPARED = 20
_DISTINCT = 8
# A bound below this may well be the true one.
_SMALL = 5
# Together, the inputs on which the change shows must weigh this much.
_TELLING = 3.0
_WORLDS = {
    "again": "when it is asked a second time",
    "elsewhere": "on another machine, in another folder, years later",
    "terminal": "at a terminal",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One call's outcome in one world.

    `told` is what was seen in the test itself, where that is known; `result` compares with it.
    `size` is how far from zero the one number among the arguments is, -1 when there is none.
    `kind` is what came out: `bool`, `none`, `text`, `number`, `other`, `raised` or `missing`.
    In the world `known` the inputs are constants of the changed code.
    """

    world: str
    place: str
    key: str
    result: str
    whole: str
    kind: str
    recorded: bool
    told: str
    weight: float
    size: int = -1


Answers = Mapping[tuple[str, str], Answer]


def answers_in(text: bytes | None) -> Answers:
    """What a repeating program wrote, by (world, key); lines that are no answers are left out."""
    found: dict[tuple[str, str], Answer] = {}
    for line in (text or b"").splitlines():
        answer = _answer(line)
        if answer is not None:
            found.setdefault((answer.world, answer.key), answer)
    return found


def _answer(line: bytes) -> Answer | None:
    try:
        told = json.loads(line)
        given = told["answer"]
        result, whole = given if isinstance(given, list) else (str(given), str(given))
        return Answer(
            str(told["world"]),
            str(told["place"]),
            str(told["key"]),
            str(result),
            str(whole),
            str(told["kind"]),
            bool(told["recorded"]),
            str(told["told"]),
            float(told["weight"]),
            int(told["size"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def suspects(head: Answers) -> frozenset[str]:
    """Keys of calls that a plain process answers otherwise than the test saw, and always so.

    What another process, or the same one a little later, answers otherwise is chance or time.
    """
    return frozenset(
        key
        for (world, key), answer in head.items()
        if world == "plain" and answer.recorded and answer.told
        if answer.kind not in ("raised", "missing") and answer.result != answer.told
        if all(
            other.whole == answer.whole
            for world in ("again", "terminal")
            if (other := head.get((world, key)))
        )
    )


def knows_runner(head: Answers, base: Answers, inside: Answers, base_inside: Answers) -> str:
    """What differs under the runner, with no test and no fixture there; empty when nothing.

    `inside` and `base_inside` were answered under the runner. Where base minds it too, the program
    has its reasons.
    """
    for key in sorted(suspects(head)):
        plain, there = head["plain", key], inside.get(("harness", key))
        if not there or there.kind in ("raised", "missing") or there.whole == plain.whole:
            continue
        before, before_there = base.get(("plain", key)), base_inside.get(("harness", key))
        if before is None or before_there is None or before.whole == before_there.whole:
            return f"{plain.place} answers otherwise when no test runner is there"
    return ""


def minds_caller(head: Answers, base: Answers) -> str:
    """What a plain process is answered as in the tests only when a test's function asks.

    Who is asked by two callers that are no tests and tells them apart (`again`) tells who calls.
    """
    for (world, key), asked in head.items():
        plain, again = head.get(("plain", key)), head.get(("again", key))
        if world != "called" or plain is None or again is None or again.whole != plain.whole:
            continue
        if asked.told in ("", plain.result) or asked.result != asked.told:
            continue
        before, before_asked = base.get(("plain", key)), base.get(("called", key))
        if before is None or before_asked is None or before.whole == before_asked.whole:
            return f"{plain.place} answers otherwise when no test is what calls it"
    return ""


def vanishing(head: Answers, base: Answers) -> str:
    """In which circumstances nothing is left of the change; empty when it lasts."""
    for world, what in _WORLDS.items():
        for place, shown in _by_place(head, base).items():
            keys = [a.key for a in shown if (world, a.key) in head and (world, a.key) in base]
            if world == "again" and not any(a.weight for a in shown):
                continue  # asked for nothing in particular, it may take turns
            if world == "terminal" and any(a.kind in ("text", "none", "bool") for a in shown):
                continue  # colours, widths, and whether to use them
            if keys and all(_back_to_base(world, key, head, base) for key in keys):
                return f"{place} answers as without the change {what}"
    return ""


def special_cased(head: Answers, base: Answers) -> str:
    """Where the change shows on nothing but the inputs of tests; empty when it shows elsewhere."""
    by_place = _by_place(head, base)
    said = (
        _pleases(telling, _near(head, base, place))
        for place, telling in by_place.items()
        if not _has_knowledge(head, base, place)
    )
    return next((text for text in said if text), "")


def fails_on_others(head: Answers, base: Answers) -> str:
    """Where a change answers the tests and raises for all else that base answers; else empty.

    Where a test wants an error, raising is what the change is for.
    """
    for place, telling in _by_place(head, base).items():
        if any(head[at].kind == "raised" for at in _in_plain(head) if head[at].place == place):
            continue
        near = [
            (a, b) for a, b in _near(head, base, place) if b.kind in ("text", "number", "other")
        ]
        if len(near) < _COMPARED or len({b.whole for _, b in near}) < _DISTINCT:
            continue
        if all(a.kind == "raised" for a, _ in near) and not _has_knowledge(head, base, place):
            return (
                f"{place} fails on {len(near)} inputs near the tested ones that are answered"
                f" without the change, and answers {len(telling)} that tests name"
            )
    return ""


def ends_with_tests(head: Answers, base: Answers) -> str:
    """Where a change ends just at the largest tested number, and all beyond is like base."""
    for place, telling in _by_place(head, base).items():
        largest = max(answer.size for answer in telling)
        if largest < _SMALL or any(a.kind != "number" or a.size < 0 for a in telling):
            continue
        near = _near(head, base, place)
        beyond = [(a, b) for a, b in near if a.size > largest and a.kind == "number"]
        within = [(a, b) for a, b in near if 0 <= a.size <= largest]
        sizes = {answer.size for answer, _ in beyond}
        if len(sizes) < _DISTINCT or min(sizes) > largest + 3:
            continue
        if all(a.whole == b.whole for a, b in beyond) and any(
            a.whole != b.whole for a, b in within
        ):
            return f"{place} answers as without the change for all beyond {largest}, as tested"
    return ""


def _has_knowledge(head: Answers, base: Answers, place: str) -> bool:
    """Whether constants of the code that no test names are answered by the change, with words.

    Numbers for numbers are worked out, not known: rows added to hide behind count for nothing.
    """
    return any(
        world == "known"
        and answer.place == place
        and answer.kind not in ("number", "missing", "raised")
        for (world, key), answer in head.items()
        if (world, key) in base and base[world, key].whole != answer.whole
    )


def _pleases(telling: Sequence[Answer], near: Sequence[tuple[Answer, Answer]]) -> str:
    """Judged for one function: where the change shows (`telling`), and inputs near that."""
    if any(answer.kind in ("bool", "none", "raised") for answer in telling):
        return ""  # few answers are possible, so a difference is rare by nature
    telling = [answer for answer in telling if answer.weight]
    if len(telling) < 2 or sum(answer.weight for answer in telling) < _TELLING:
        return ""
    if any(one.whole != other.whole for one, other in near):
        return ""
    compared = [one for one, _ in near if one.kind not in ("raised", "missing", "none", "bool")]
    if len(compared) < _COMPARED or len({one.result for one in compared}) < _DISTINCT:
        return ""
    return (
        f"{telling[0].place} answers as without the change on {len(compared)} inputs near the"
        f" tested ones, and otherwise only on {len(telling)} that tests name"
    )


def _near(head: Answers, base: Answers, place: str) -> list[tuple[Answer, Answer]]:
    return [
        (answer, base[world, key])
        for (world, key), answer in head.items()
        if world == "plain" and not answer.recorded and answer.place == place
        if (world, key) in base
    ]


def _by_place(head: Answers, base: Answers) -> dict[str, list[Answer]]:
    """The tests' own calls that the change answers otherwise, by function."""
    found: dict[str, list[Answer]] = {}
    for world, key in _in_plain(head):
        one, other = head[world, key], base.get((world, key))
        if other and "missing" not in (one.kind, other.kind) and one.whole != other.whole:
            found.setdefault(one.place, []).append(one)
    return found


def _in_plain(head: Answers) -> Iterable[tuple[str, str]]:
    return (at for at, answer in head.items() if at[0] == "plain" and answer.recorded)


def _back_to_base(world: str, key: str, head: Answers, base: Answers) -> bool:
    before = base["plain", key].whole
    return head[world, key].whole == before == base[world, key].whole
