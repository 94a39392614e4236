"""A scripted company of agents that builds a small thing: each answers by the tool it is given."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from fakes.openai_server import Turn

CHALLENGE = "a counter that never goes below zero"
TESTS = (
    "import unittest\n\nfrom kit.counter import Counter\n\n\n"
    "class CounterTest(unittest.TestCase):\n"
    "    def test_it_counts_up(self):\n"
    "        counter = Counter()\n        counter.add(2)\n        counter.add(3)\n"
    "        self.assertEqual(counter.value, 5)\n\n"
    "    def test_it_stops_at_zero(self):\n"
    "        counter = Counter()\n        counter.add(2)\n        counter.take(5)\n"
    "        self.assertEqual(counter.value, 0)\n\n"
    "    def test_it_refuses_what_is_negative(self):\n"
    "        with self.assertRaises(ValueError):\n            Counter().add(-1)\n"
)
CODE = (
    '"""A counter."""\n\n\n'
    "class Counter:\n"
    '    """Counts up and down, never below zero."""\n\n'
    "    def __init__(self):\n        self.value = 0\n\n"
    "    def add(self, amount):\n"
    "        if amount < 0:\n            raise ValueError(amount)\n"
    "        self.value += amount\n\n"
    "    def take(self, amount):\n        self.value = max(0, self.value - amount)\n"
)
REPO = {"kit/__init__.py": "", "tests/__init__.py": "", "README.md": "A kit.\n"}
GATE = "python3 -m unittest -q"

Answers = Mapping[str, Callable[[str], Any]]


def company(**said: Any) -> Callable[[int, dict[str, Any]], Turn]:
    """An endpoint's acting: the agreeable company, but for what is `said` by a tool's name.

    A value is the arguments of the call, or a function of all that the agent was told.
    """
    answers: dict[str, Any] = {
        "submit_design": {"design": "# Design\n\nA class Counter in kit/counter.py."},
        "submit_critique": {"objections": ["add(-1) is not defined"]},
        "submit_specification": {"specification": "Counter.add, Counter.take; never below 0."},
        "vote": {"approve": True, "objections": []},
        "write_tests": {"edits": [{"path": "tests/test_counter.py", "content": TESTS}]},
        "propose_edit": {"edits": [{"path": "kit/counter.py", "content": CODE}]},
        **said,
    }

    def act(_: int, body: dict[str, Any]) -> Turn:
        offered = {tool["function"]["name"] for tool in body["tools"]}
        name = next(name for name in answers if name in offered)
        answer = answers[name]
        given = answer(json.dumps(body["messages"])) if callable(answer) else answer
        return given if isinstance(given, Turn) else Turn(calls=[(name, given)])

    return act
