"""New inputs from recorded ones: changed a little, but true to what all of those share."""

from __future__ import annotations

import copy
import re
from itertools import permutations
from random import Random

from .canonical import canonical
from .copying import copied

_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"\w+|\W")
_TRIES = 12  # changes tried for every input wanted
# So many numbers or letters with no more than so many different ones stand for something: they
# are bits, colours or signs, and another one would mean nothing.
_MANY = 20
_MARKS = 5
# Different pairs of values in which a relation must have held to be believed. Any two numbers are
# in some order: in three pairs they are in the same order by chance in one of four, in five in
# one of sixteen. That one is in the other, or as long as it, is seldom chance.
_ENOUGH = {"in": 3, "same length": 3, "below length": 4, "up to length": 4, "at most": 5, "less": 5}


def mutated(calls: list, wanted: int, seed: int) -> list:
    """Up to `wanted` argument lists of the same function that differ from all of `calls`."""
    chance = Random(seed)  # noqa: S311 - the same inputs for the same seed are wanted
    facts = [Facts([args[i] for args in calls]) for i in range(len(calls[0]))]
    relations = _relations(calls)
    seen = {canonical(args) for args in calls}
    found: list = []
    for _ in range(wanted * _TRIES):
        if len(found) >= wanted:
            break
        args = copied(list(chance.choice(calls)))
        _change(args, calls, facts, chance)
        text = canonical(args)
        if text in seen or not all(f.allows(a) for f, a in zip(facts, args)):
            continue
        if all(_holds(name, args[i], args[j]) for name, i, j in relations):
            seen.add(text)
            found.append(args)
    return found


class Facts:
    """What all values at one place have in common; `inside` when it is in a sequence."""

    def __init__(self, values: list, inside: bool = False) -> None:
        self.kinds = {type(v) for v in values}
        numbers = [v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool)]
        self.least = min(numbers) if numbers else None
        self.most = max(numbers) if numbers else None
        self.marks = _as_marks(numbers) if inside else None
        sized = [v for v in values if isinstance(v, (str, bytes, list, tuple, dict, set))]
        self.never_empty = bool(sized) and all(len(v) > 0 for v in sized)
        lengths = {len(v) for v in sized}
        many = len(sized) > 2
        self.length = (
            lengths.pop() if len(lengths) == 1 and many and not _are_texts(sized) else None
        )
        rows = [v for v in values if isinstance(v, (list, tuple))]
        long = [v for v in rows if len(v) > 1]
        self.sorted = bool(long) and sum(map(len, long)) > 3 and all(map(_is_sorted, long))
        self.unique = bool(long) and sum(map(len, long)) > 3 and all(map(_is_unique, long))
        self.even = bool(long) and all(_is_even(v) for v in long)
        items = [item for v in rows for item in v]
        self.items = items
        self.item = Facts(items, inside=True) if items else None
        texts = [v for v in values if isinstance(v, str)]
        self.letters = sorted({letter for text in texts for letter in text})
        self.words = sorted({word for text in texts for word in _WORDS.findall(text)})
        self.both_cases = any(x != x.lower() for x in texts)
        self.one_alphabet = _as_marks("".join(texts)) is not None
        dicts = [v for v in values if isinstance(v, dict)]
        same_keys = len({tuple(map(repr, d)) for d in dicts}) == 1
        self.keys = list(dicts[0]) if dicts and same_keys and len(dicts) > 1 else None
        contents = [v for d in dicts for v in d.values()]
        self.content = Facts(contents) if contents else None

    def allows(self, value: object) -> bool:
        """Whether a value has what all have."""
        if type(value) not in self.kinds:
            return False
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._allows_number(value)
        if not isinstance(value, (str, bytes, list, tuple, dict, set)):
            return True
        if (self.never_empty and not value) or (self.length not in (None, len(value))):
            return False
        if isinstance(value, (list, tuple)):
            shape = self.even and len(value) > 1 and not _is_even(value)
            order = (self.sorted and not _is_sorted(value)) or (
                self.unique and not _is_unique(value)
            )
            return (
                not shape
                and not order
                and all(self.item is None or self.item.allows(v) for v in value)
            )
        if isinstance(value, dict):
            return self.content is None or all(self.content.allows(v) for v in value.values())
        return True

    def _allows_number(self, value: float) -> bool:
        if self.least is None or self.most is None:
            return True
        if self.marks is not None and value not in self.marks:
            return False
        if self.least >= 0 and value < 0:
            return False
        return not (self.least > 0 and value <= 0)

    def change(self, value, chance: Random):
        """A value near `value`."""
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return self._number(value, chance)
        if isinstance(value, float):
            return chance.choice(
                [value + 1, value - 1, value * 2, value / 2, -value, float(int(value))]
            )
        if isinstance(value, str):
            return self._text(value, chance)
        if isinstance(value, (list, tuple)):
            changed = self._sequence(list(value), self.items, self.item, chance)
            if self.sorted:
                changed = _as_sorted(changed)
            return changed if isinstance(value, list) else _like(value, changed)
        if isinstance(value, dict):
            return self._dict(value, chance)
        if isinstance(value, set):
            items = sorted(value, key=repr)
            return set(self._sequence(items, items, Facts(items), chance)) if items else value
        return value

    def _number(self, value: int, chance: Random) -> int:
        span = max(3, (self.most or 0) - (self.least or 0))
        near = chance.randint(int(self.least or 0) - 2, int((self.least or 0) + span + 2))
        # small numbers hide that a result has a floor: some must be well above all recorded ones
        far = int(value * 3 + span)
        return chance.choice([value + 1, value - 1, value + 2, 0, 1, near, near, value // 2, far])

    def _text(self, value: str, chance: Random) -> str:
        pieces = _WORDS.findall(value)
        how = chance.random() if len(pieces) > 1 else 1.0
        if how < 0.35:
            return self._by_words(value, chance)
        if how < 0.6:
            return "".join(self._sequence(pieces, self.words, None, chance))
        cased = [at for at, letter in enumerate(value) if letter != letter.swapcase()]
        # tests seldom have a capital where it makes no difference, and a wrong patch makes one
        if cased and not self.one_alphabet and chance.random() < (0.3 if self.both_cases else 0.15):
            at = chance.choice(cased)
            return value[:at] + value[at].swapcase() + value[at + 1 :]
        return "".join(self._sequence(list(value), self.letters, None, chance))

    def _by_words(self, value: str, chance: Random) -> str:
        """Other known words, more or fewer, with what parts words left between them."""
        words, gaps = _WORD.findall(value), _WORD.split(value)
        known = [word for word in self.words if _WORD.match(word)]
        changed = self._sequence(words, known, None, chance)
        between = gaps[1:-1] or [" "]
        while len(between) < len(changed) - 1:
            between.append(chance.choice(between))
        text = "".join(map("".join, zip(changed, [*between, ""])))
        return gaps[0] + text + gaps[-1] if words else value

    def _sequence(self, items: list, pool: list, inner: Facts | None, chance: Random) -> list:
        for _ in range(chance.choice([1, 1, 2, 3])):
            at = chance.randrange(len(items) + 1)
            what = chance.choice(["drop", "add", "change", "change", "swap", "again"])
            if self.length is not None and what in ("drop", "add", "again"):
                what = "change"
            if what == "drop" and at < len(items):
                del items[at]
            elif what == "add" and pool:
                items.insert(at, copy.deepcopy(chance.choice(pool)))
            elif what == "change" and at < len(items):
                fresh = chance.random() < 0.5 and pool
                if inner is None or fresh:
                    items[at] = copy.deepcopy(chance.choice(pool)) if pool else items[at]
                else:
                    items[at] = inner.change(items[at], chance)
            elif what == "swap" and len(items) > 1:
                other = chance.randrange(len(items))
                at = min(at, len(items) - 1)
                items[at], items[other] = items[other], items[at]
            elif what == "again" and at < len(items):
                items.insert(at, copy.deepcopy(items[at]))
        return items

    def _dict(self, value: dict, chance: Random) -> dict:
        keys = list(value)
        if keys and (self.keys is not None or chance.random() < 0.6):
            key = chance.choice(keys)
            if self.content is not None:
                value[key] = self.content.change(value[key], chance)
        elif keys:
            del value[chance.choice(keys)]
        return value


def _change(args: list, calls: list, facts: list, chance: Random) -> None:
    places = [i for i, f in enumerate(facts) if f.kinds & _CHANGEABLE]
    if not places:
        return
    for _ in range(chance.choice([1, 1, 2])):
        i = chance.choice(places)
        if chance.random() < 0.25:
            args[i] = copied([chance.choice(calls)[i]])[0]
        else:
            args[i] = facts[i].change(args[i], chance)


_CHANGEABLE = {bool, int, float, str, list, tuple, dict, set}


def _relations(calls: list) -> list:
    """(name, i, j) of every relation between two arguments that held in all calls."""
    return [
        (name, i, j)
        for i, j in permutations(range(len(calls[0])), 2)
        for name, enough in _ENOUGH.items()
        if len({canonical([args[i], args[j]]) for args in calls}) >= enough
        and all(_holds(name, args[i], args[j], strict=True) for args in calls)
    ]


def _holds(name: str, one, other, strict: bool = False) -> bool:
    try:
        if name == "in":
            held = isinstance(other, (list, tuple, dict, set)) and one in other
        elif name == "same length":
            held = len(one) == len(other)
        elif not isinstance(one, (int, float)):
            held = not strict
        elif name == "below length":
            held = one < len(other)
        elif name == "up to length":
            held = one <= len(other)
        elif not isinstance(other, (int, float)):
            held = not strict
        else:
            held = one <= other if name == "at most" else one < other
    except TypeError:
        return not strict
    return bool(held)


def _as_marks(values) -> set | None:
    """The values if they are the same few over and over, as bits, colours and signs are."""
    distinct = set(values)
    return distinct if len(values) >= _MANY and len(distinct) <= _MARKS else None


def _are_texts(values: list) -> bool:
    return all(isinstance(v, (str, bytes)) for v in values)


def _is_sorted(items) -> bool:
    try:
        return all(not items[i + 1] < items[i] for i in range(len(items) - 1))
    except TypeError:
        return False


def _as_sorted(items: list) -> list:
    try:
        return sorted(items)
    except TypeError:
        return items


def _is_unique(items) -> bool:
    texts = [canonical(i) for i in items]
    return len(set(texts)) == len(texts)


def _is_even(items) -> bool:
    """Whether all rows of a table are of one length."""
    rows = [i for i in items if isinstance(i, (list, tuple))]
    return len(rows) == len(items) and len({len(r) for r in rows}) <= 1


def _like(value: tuple, items: list):
    if hasattr(value, "_fields"):
        return type(value)(*items)
    return tuple(items)
