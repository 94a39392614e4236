"""Calls like the recorded ones: each argument changed a little, or taken from another place."""

import copy
from random import Random

from .calls import Call, canonical

_TRIES = 8
_STEPS = (1, -1, 2, -2, 3, 4, -5, 6, 10, -10, 17, 50, 100)


def neighbours(calls, wanted, seed):
    """Up to `wanted` calls of the same function that are none of `calls`."""
    chance = Random(seed)
    take = _Taker(calls, wanted)
    for _ in range(wanted * _TRIES):
        call = chance.choice(calls)
        try:
            arguments = _copied(call.arguments)
            _change(arguments, calls, chance)
        except Exception:
            continue  # values of the program's own kinds may refuse anything
        if not take(call, arguments):
            break
    return take.found


def known(calls, pool, wanted):
    """Calls with constants of the program's text: who answers those, too, has knowledge."""
    take = _Taker(calls, wanted)
    for call in calls:
        for at, value in enumerate(call.arguments):
            for constant in pool:
                if type(constant) is type(value):
                    arguments = _copied(call.arguments)
                    arguments[at] = constant
                    take(call, arguments)
    return take.found


class _Taker:
    """Collects calls that are new."""

    def __init__(self, calls, wanted):
        self._seen = {canonical(call.arguments) for call in calls}
        self._wanted = wanted
        self.found = []

    def __call__(self, call, arguments):
        text = canonical(arguments)
        if text not in self._seen and len(self.found) < self._wanted:
            self._seen.add(text)
            self.found.append(Call(call.module, call.name, call.shape, arguments))
        return len(self.found) < self._wanted


def _copied(arguments):
    return copy.deepcopy(arguments)


def _change(arguments, calls, chance):
    places = [at for at, value in enumerate(arguments) if _changeable(value)]
    if not places:
        return
    if chance.random() < 0.15:  # a value that several places share stays shared
        _rename(arguments, chance)
        return
    for at in chance.sample(places, min(len(places), chance.choice([1, 1, 1, 2]))):
        if chance.random() < 0.15:
            arguments[at] = _copied(chance.choice(calls).arguments[at])
        else:
            arguments[at] = changed(arguments[at], chance)


def _changeable(value):
    return isinstance(value, (bool, int, float, str, bytes, list, tuple, dict, set)) or bool(
        _fields(value)
    )


def _fields(value):
    if isinstance(value, type) or callable(value):
        return {}
    return getattr(value, "__dict__", {})


def _rename(arguments, chance):
    numbers = sorted({v for v in arguments if type(v) is int})
    if numbers:
        old = chance.choice(numbers)
        new = old + chance.choice(_STEPS)
        arguments[:] = [new if type(v) is int and v == old else v for v in arguments]


def changed(value, chance):
    """A value near `value`, of the same type."""
    if type(value) in _CHANGES:
        return _CHANGES[type(value)](value, chance)
    fields = _fields(value)
    names = sorted(name for name, inner in fields.items() if _changeable(inner))
    if names:
        name = chance.choice(names)
        try:
            object.__setattr__(value, name, changed(fields[name], chance))
        except Exception:
            return value
    return value


def _whole(value, chance):
    step, other = chance.choice(_STEPS), chance.choice(_STEPS)
    near = [value + step, value + other, value * 2, value * 3, value * 10, -value]
    return chance.choice([*near, abs(value) + 200])


def _fraction(value, chance):
    part = chance.choice([0.25, 0.5, 1.5])
    near = [value + chance.choice(_STEPS), value + part, value * 2, value / 2, -value, value * 10]
    return chance.choice(near)


def _set(value, chance):
    items = sorted(value, key=repr)
    return set(_sequence(items, items, chance))


def _text(value, chance):
    """Letters for letters and digits for digits, words joined or put apart: of the same kind."""
    letters = list(value)
    for _ in range(chance.choice([1, 1, 2, 3])):
        at = chance.randrange(len(letters) + 1)
        what = chance.choice(["like", "like", "like", "double", "drop", "case", "swap", "word"])
        if what == "like" and at < len(letters):
            letters[at] = _like(letters[at], chance)
        elif what == "double" and at < len(letters):
            letters.insert(at, letters[at])
        elif what == "drop" and at < len(letters):
            del letters[at]
        elif what == "case" and at < len(letters):
            letters[at] = letters[at].swapcase()
        elif what == "swap" and at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif what == "word":
            words = "".join(letters).split(" ")
            chance.shuffle(words)
            letters = list(" ".join(words))
    return "".join(letters)


def _like(letter, chance):
    for alphabet in ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        if letter in alphabet:
            return chance.choice(alphabet)
    return letter


def _sequence(items, pool, chance):
    items, pool = list(items), list(pool)
    for _ in range(chance.choice([1, 1, 2])):
        at = chance.randrange(len(items) + 1)
        what = chance.choice(["drop", "again", "change", "change", "change", "swap", "reverse"])
        if what == "drop" and at < len(items):
            del items[at]
        elif what == "again" and pool:
            items.insert(at, copy.deepcopy(chance.choice(pool)))
        elif what == "change" and at < len(items):
            items[at] = changed(items[at], chance)
        elif what == "swap" and len(items) > 1:
            one, other = chance.sample(range(len(items)), 2)
            items[one], items[other] = items[other], items[one]
        elif what == "reverse":
            items.reverse()
    return items


def _dict(value, chance):
    keys = sorted(value, key=repr)
    if not keys:
        return value
    key = chance.choice(keys)
    what = chance.choice(["value", "value", "value", "key", "drop"])
    if what == "value":
        value[key] = changed(value[key], chance)
    elif what == "key" and isinstance(key, (str, int)):
        value[changed(key, chance)] = value.pop(key)
    elif what == "drop":
        del value[key]
    return value


_CHANGES = {
    bool: lambda value, _: not value,
    int: _whole,
    float: _fraction,
    str: _text,
    bytes: lambda value, chance: bytes(b % 256 for b in _sequence(value, b"a0 ", chance)),
    list: lambda value, chance: _sequence(value, value, chance),
    tuple: lambda value, chance: tuple(_sequence(list(value), list(value), chance)),
    set: _set,
    dict: _dict,
}
