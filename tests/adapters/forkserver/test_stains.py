"""What tests leave behind in a process, and how it is taken away again."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from hexci.adapters.forkserver.inside.exchanging import LiveFunctions
from hexci.adapters.forkserver.inside.stains import Stains

PROGRAM = """
import collections
import sys

class Order(dict):
    def __setitem__(self, key, value):
        raise RuntimeError("by its own way only")

    def remember(self, key):
        super().__setitem__(key, 1)

KNOWN, NAMES, SEEN = {"a": 1}, ["a"], {"a"}
ORDER, QUEUE = collections.OrderedDict(a=1), collections.deque("a")

def f(value, memory={}, order=Order()):
    memory[value] = 1
    order.remember(value)
    KNOWN[value] = ORDER[value] = 1
    NAMES.append(value)
    SEEN.add(value)
    QUEUE.append(value)
    Holder.held.append(value)

class Holder:
    held = []

class Link:
    def __init__(self, after):
        self.after = after
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "stained_program.py").write_text(PROGRAM)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("stained_program")
    sys.modules.pop("stained_program")


def test_what_a_call_left_behind_is_seen_and_taken_away(
    program: ModuleType, tmp_path: Path
) -> None:
    stains = Stains(LiveFunctions(str(tmp_path)))
    before, kept = stains.seen(), stains.kept([])
    program.f("b")
    assert stains.seen() != before
    stains.put_back(kept)
    assert stains.seen() == before
    assert program.f.__defaults__ == ({}, {})
    assert vars(program)["KNOWN"] == dict(program.ORDER) == {"a": 1}
    assert vars(program)["SEEN"] == {"a"}
    assert program.NAMES == list(program.QUEUE) == ["a"]
    assert program.Holder.held == []


def test_what_tests_are_given_is_put_back_however_deep_it_is(
    program: ModuleType, tmp_path: Path
) -> None:
    stains = Stains(LiveFunctions(str(tmp_path)))
    row, link = [3, 1, 2], program.Link(program.Link(None))
    given = [([row], {"a": {1}}), link]
    kept = stains.kept(given)
    row.sort()
    given[0][1]["a"].add(2)
    link.after.after = link
    stains.put_back(kept)
    assert given[0] == ([[3, 1, 2]], {"a": {1}})
    assert link.after.after is None


def test_what_did_not_change_is_left_alone(program: ModuleType, tmp_path: Path) -> None:
    class Counted(list[int]):
        def __eq__(self, other: object) -> bool:
            raise AssertionError("nobody asks it")

        __hash__ = None

    stains = Stains(LiveFunctions(str(tmp_path)))
    given = Counted([1, 2])
    kept = stains.kept([given])
    stains.put_back(kept)
    assert list(given) == [1, 2]
