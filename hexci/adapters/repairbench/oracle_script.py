"""Run by itself: says what a right program answers, and whether another answers the same."""

import copy
import itertools
import json
import random
import sys
from typing import Any


def main() -> None:
    """Reads one question from stdin, writes one answer to stdout, both JSON."""
    asked = json.load(sys.stdin)
    right = load(asked["right"], asked["call"])
    values = [evaluate(text, None) for text in asked["inputs"]]
    told = {"expected": [repr(answer(right, args)) for args in values]}
    if asked.get("other") is not None:
        chance = random.Random(asked["seed"])  # noqa: S311 - the same questions every time
        made = [evaluate(asked["random"], chance) for _ in range(asked["count"])]
        other = load(asked["other"], asked["call"])
        told["wrong"] = [
            repr(args) for args in [*values, *made] if answer(right, args) != answer(other, args)
        ][:3]
    json.dump(told, sys.stdout)


def load(text: str, name: str) -> Any:
    """The function `name` of a program's text."""
    room = {"__name__": "program"}
    exec(compile(text, "program.py", "exec"), room)  # noqa: S102 - the bench's own programs
    return room[name]


def evaluate(text: str, chance: Any) -> Any:
    """An argument list of its Python text."""
    return eval(f"({text.rstrip(',')},)", {"r": chance, "random": random})  # noqa: S307


def answer(function: Any, args: Any) -> Any:
    """What a call gives: its value, iterators drawn out, or the name of its exception."""
    own = copy.deepcopy(args)
    try:
        value = function(*own)
    except Exception as error:  # noqa: BLE001 - any exception is an answer
        return ("raised", type(error).__name__)
    return list(itertools.islice(value, 1000)) if hasattr(value, "__next__") else value


if __name__ == "__main__":
    main()
