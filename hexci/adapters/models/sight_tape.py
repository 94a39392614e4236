"""The lines that a recorded run showed its models, kept beside their replies.

Which lines a failing test ran is measured within a time limit; on another machine it could differ
a little, and with it every request.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from hexci.domain.agent.places import Place
from hexci.ports.candidate import Assignment
from hexci.ports.shelf import Shelf

_FILE = "places-{tree}.json"

Look = Callable[[Assignment], Sequence[Place]]


def recorded(look: Look, folder: Path) -> Look:
    """`look`, with what it finds kept in `folder`."""

    def keep(given: Assignment) -> Sequence[Place]:
        places = look(given)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps([list(place) for place in places]) + "\n"
        (folder / _FILE.format(tree=given.plan.base_tree)).write_text(text, "utf-8")
        return places

    return keep


def shelved(look: Look, shelf: Shelf) -> Look:
    """What the run has on its shelf; else what `look` finds, kept there."""

    def find(given: Assignment) -> Sequence[Place]:
        name = _FILE.format(tree=given.plan.base_tree).removesuffix(".json")
        known = shelf.take(name)
        if known is not None:
            return tuple((str(path), int(line)) for path, line in json.loads(known))
        places = look(given)
        shelf.keep(name, json.dumps([list(place) for place in places]).encode() + b"\n")
        return places

    return find


def replayed(look: Look, folder: Path) -> Look:
    """What was kept in `folder`; `look` where nothing was."""

    def find(given: Assignment) -> Sequence[Place]:
        place = folder / _FILE.format(tree=given.plan.base_tree)
        if not place.is_file():
            return look(given)
        return tuple((str(path), int(line)) for path, line in json.loads(place.read_text("utf-8")))

    return find
