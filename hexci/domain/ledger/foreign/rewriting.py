"""Foreign records in canonical form: ids kept, links resolved, both sides written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexci.domain.ledger.foreign.reading import Foreign
from hexci.domain.ledger.front_matter import Value
from hexci.domain.ledger.record import Record, is_id
from hexci.domain.ledger.status import Status

# relation → the one that the other side writes
_OTHER_SIDE = {
    "supersedes": "superseded-by",
    "superseded-by": "supersedes",
    "amends": "amended-by",
    "amended-by": "amends",
}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A record in our form, and what a reader should know about how it came to be."""

    record: Record
    notes: tuple[str, ...] = ()


def rewrite(foreign: Iterable[Foreign], folder: str, today: str) -> list[Rewritten]:
    """All of a foreign ledger at once: only together can links be resolved.

    A link on one side is written on both. Records without a known status must have been
    refused before.
    """
    found = {one.stem: one for one in foreign}
    links = _links(found)
    return [_rewritten(found[stem], links[stem], folder, today) for stem in sorted(found)]


def _links(found: Mapping[str, Foreign]) -> dict[str, dict[str, list[str]]]:
    links: dict[str, dict[str, list[str]]] = {stem: {} for stem in found}
    for stem, one in sorted(found.items()):
        for relation, names in one.links.items():
            for other in filter(None, (_resolved(name, found) for name in names)):
                if other != stem:
                    _add(links[stem], relation, other)
                    _add(links[other], _OTHER_SIDE[relation], stem)
    return links


def _add(links: dict[str, list[str]], relation: str, other: str) -> None:
    named = links.setdefault(relation, [])
    if other not in named:
        named.append(other)


def _resolved(name: str, found: Mapping[str, Foreign]) -> str | None:
    """The stem that a name means: itself, or the only one that begins with it or its number."""
    if name in found:
        return name
    digits = name.partition("-")[0].lstrip("0")
    same_number = [
        stem for stem in found if digits and _number(stem) == digits and name.isdecimal()
    ]
    beginning = [stem for stem in found if stem.startswith(f"{name}-") or f"-{name}-" in stem]
    for choice in (beginning, same_number):
        if len(choice) == 1:
            return choice[0]
    return None


def _number(stem: str) -> str:
    parts = [part for part in stem.split("-") if part.isdecimal()]
    return parts[0].lstrip("0") if parts else ""


def _rewritten(one: Foreign, links: Mapping[str, list[str]], folder: str, today: str) -> Rewritten:
    notes = [] if one.date else [f"no date found: dated {today}"]
    status = one.status or Status.PROPOSED
    successors = links.get("superseded-by", [])
    if successors and status.in_force:
        notes.append(f"{status}, but {successors[0]} supersedes it: superseded now")
        status = Status.SUPERSEDED
    if len(successors) > 1:
        notes.append(f"superseded by {len(successors)} records; the last one is kept")
    header: dict[str, Value] = {
        "id": one.stem,
        "status": status.value,
        "date": one.date or today,
        "deciders": one.deciders,
        "supersedes": tuple(links.get("supersedes", ())),
        "superseded-by": successors[-1] if successors and status is Status.SUPERSEDED else "",
        "amends": tuple(links.get("amends", ())),
        "amended-by": tuple(links.get("amended-by", ())),
        "tags": one.tags,
    }
    body = f"\n{one.body}"
    if not one.title:
        body = f"\n# {one.stem}\n\n{one.body}"
    if one.status_text.lower().strip("*_ ") != str(status) and one.status_text:
        body = _with_origin(body, one.status_text)
    kept = {key: value for key, value in header.items() if value}
    return Rewritten(Record(f"{folder}/{one.stem}.md", kept, body, {}, 1), tuple(notes))


def _with_origin(body: str, status_text: str) -> str:
    """The old status line in its own words, below the title."""
    lines = body.split("\n")
    title = next((n for n, line in enumerate(lines) if line.startswith("# ")), 0)
    quoted = f"> Status when imported: {status_text}"
    return "\n".join([*lines[: title + 1], "", quoted, *lines[title + 1 :]])


def importable(stem: str) -> bool:
    """Whether a stem can stay what it is: the id."""
    return is_id(stem)
