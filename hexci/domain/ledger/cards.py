"""What binds a set of paths, short enough to be read: cards, most specific first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from hexci.domain.ledger.body import card_sentence, last_evidence
from hexci.domain.ledger.governing import Match, matches_of
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.status import Status

_GIVEN_UP = frozenset({Status.REJECTED, Status.ABANDONED, Status.SUPERSEDED, Status.DEPRECATED})
# characters in a token, about; budgets need no more than that
_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One decision in a few lines.

    `glob` and `matched` say why it is shown; `via` names the superseded record whose globs
    matched, when its successor is shown in its place. `proven` is what the last run of `verify`
    left in the record.
    """

    id: str
    title: str
    status: str
    date: str
    path: str
    sentence: str
    glob: str
    matched: tuple[str, ...]
    verify: str = ""
    proven: str = ""
    enforce: str = ""
    reopen_when: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reader of `paths` must know: decisions in force, proposals, ideas given up."""

    paths: tuple[str, ...]
    cards: tuple[Card, ...]
    proposals: tuple[Card, ...]
    graveyard: tuple[Card, ...]


def brief_of(records: Mapping[str, Record], paths: Collection[str]) -> Brief:
    """The brief for `paths`. A superseded record stands for the one that holds now."""
    ordered = [records[path] for path in sorted(records)]
    best: dict[str, tuple[tuple[int, int], Card]] = {}
    for match in matches_of(ordered, sorted(paths)):
        shown, via = match.record, ""
        if match.record.status is Status.SUPERSEDED:
            tip = live_tip(records, match.record)
            if tip is not None:
                _keep(best, match, card_of(tip, match, via=match.record.id))
        _keep(best, match, card_of(shown, match, via=via))
    cards = [card for _, card in sorted(best.values(), key=_by_specificity)]
    return Brief(
        paths=tuple(sorted(paths)),
        cards=tuple(c for c in cards if Status(c.status).in_force),
        proposals=tuple(c for c in cards if c.status == Status.PROPOSED),
        graveyard=tuple(c for c in cards if c.status in _GIVEN_UP),
    )


def card_of(record: Record, match: Match, *, via: str = "") -> Card:
    """The card of a record that `match` brought up."""
    return Card(
        id=record.id,
        title=record.title,
        status=str(record.status),
        date=record.date,
        path=record.path,
        sentence=card_sentence(record.body),
        glob=match.glob,
        matched=(match.path,),
        verify=record.text("verify"),
        proven=last_evidence(record.body),
        enforce=record.text("enforce"),
        reopen_when=record.text("reopen-when"),
        via=via,
    )


def live_tip(records: Mapping[str, Record], record: Record) -> Record | None:
    """The record in force at the end of the chain of successors, or None."""
    folder = record.path.rpartition("/")[0]
    seen: set[str] = set()
    here: Record | None = record
    while here is not None and here.status is Status.SUPERSEDED and here.id not in seen:
        seen.add(here.id)
        here = records.get(f"{folder}/{here.text('superseded-by')}.md")
    return here if here is not None and here.status.in_force else None


def within(brief: Brief, tokens: int) -> tuple[Brief, int]:
    """As many cards as fit into `tokens`, at most five ideas given up; and how many are left out.

    Cards are taken in order until one does not fit: the same input gives the same text.
    """
    room = tokens * _TOKEN
    kept: list[Card] = []
    for card in brief.cards:
        room -= _size(card)
        if room < 0:
            break
        kept.append(card)
    graves = brief.graveyard[: min(5, max(0, room) // 100)]
    left = len(brief.cards) - len(kept) + len(brief.graveyard) - len(graves)
    return replace(brief, cards=tuple(kept), graveyard=graves), left


def _keep(best: dict[str, tuple[tuple[int, int], Card]], match: Match, card: Card) -> None:
    known = best.get(card.id)
    if known is None:
        best[card.id] = (match.specificity, card)
        return
    matched = tuple(dict.fromkeys((*known[1].matched, *card.matched)))
    stronger = match.specificity > known[0]
    winner = card if stronger else known[1]
    best[card.id] = (max(known[0], match.specificity), replace(winner, matched=matched))


def _by_specificity(item: tuple[tuple[int, int], Card]) -> tuple[int, int, str]:
    (literal, whole), card = item
    return (-literal, -whole, card.id)


def _size(card: Card) -> int:
    words = (card.id, card.title, card.status, card.sentence, card.glob, card.verify)
    return sum(len(word) for word in (*words, card.reopen_when, card.via)) + 60
