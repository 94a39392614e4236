"""Objects that are used a few times in a row: calls of the right types that break inside."""

import json
import random

import hexci_stories as stories

TRIES, STEPS = 150, 4
# what a base class ends with that leaves things to those that inherit from it
UNFINISHED = ("AttributeError", "TypeError")


def looks(kit):
    """One look for each class."""
    for path, module, lines in kit.modules():
        for name, cls in kit.classes(module):
            if kit.in_scope(cls, lines):
                yield lambda a=(module, name, cls): broken(kit, *a)


def broken(kit, module, name, cls):
    chance = random.Random(kit.ORDERS["seed"])
    makings = stories.makings(cls, calls=("still",))
    calls = stories.calls_of(cls, calls=("still",), most=4)
    every = [(method, line) for method, rows in calls.items() for line in rows]
    found = {}
    for _ in range(TRIES if every else 0):
        if kit.is_late():
            break
        chosen = [chance.choice(every) for _ in range(chance.randint(1, STEPS))]
        story = [chance.choice(makings), *(line for _, line in chosen)]
        place = breaks(kit, module, story)
        if place is None or kit.is_told(cls, place[2]) or place in found:
            continue
        if cls.__subclasses__() and place[2] in UNFINISHED:
            continue
        if any(kit.is_told(getattr(cls, method), place[2]) for method, _ in chosen):
            continue
        found[place] = shorter(kit, module, story, place)
    for place, story in found.items():
        if not kit.under_review(place[:2]):
            continue
        yield stories.find("crashes", module, *place, story, name, [name])


def breaks(kit, module, story):
    made, late = kit.timed(lambda: stories.told(story, module))
    if late is not None:
        return None
    _, error, cleaner = made
    cleaner.clean()
    return None if error is None else kit.crash_of(error)


def shorter(kit, module, story, place):
    """The same end with fewer calls."""
    at = 1
    while at < len(story):
        less = story[:at] + story[at + 1 :]
        if breaks(kit, module, less) == place:
            story = less
        else:
            at += 1
    return json.loads(json.dumps(story))
