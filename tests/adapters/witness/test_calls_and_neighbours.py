import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hexci.adapters.witness.inside.calls import Call, canonical, found, kind_of, shape_of
from hexci.adapters.witness.inside.neighbours import changed, known, neighbours
from hexci.adapters.witness.inside.repeating import size, weight
from hexci.adapters.witness.programs import WitnessPrograms
from hexci.domain.gate.witness_python import Place, start_program, watched_tests

WORLDS = {"plain", "called", "again", "known", "elsewhere", "terminal"}


def a_call(*arguments: object) -> Call:
    return Call("m", "f", (len(arguments), 0, False, False, ()), list(arguments))


def test_neighbours_are_many_different_and_never_the_call_itself() -> None:
    near = neighbours([a_call(7), a_call(-12)], 40, seed=1)
    numbers = [call.arguments[0] for call in near]
    assert len(numbers) == len(set(numbers)) >= 30
    assert not {7, -12} & set(numbers)
    assert all(type(number) is int for number in numbers)


def test_neighbours_are_the_same_every_time() -> None:
    def keys() -> list[str]:
        return [c.key() for c in neighbours([a_call("ab c", [1, 2], {"k": 3})], 30, seed=1)]

    assert keys() == keys()


def test_the_known_are_constants_of_the_right_type() -> None:
    calls = known([a_call("a", 1)], ["b", 2, 3.5], 10)
    assert [call.arguments for call in calls] == [["b", 1], ["a", 2]]


@pytest.mark.parametrize("value", [True, 3, 2.5, "abc", b"ab", [1], (1, 2), {1}, {"a": 1}])
def test_a_changed_value_keeps_its_type(value: object) -> None:
    from random import Random

    assert {type(changed(value, Random(n))) for n in range(20)} == {type(value)}


def test_a_call_is_made_with_all_kinds_of_parameters() -> None:
    def f(a: int, *rest: int, b: int = 0, **more: int) -> tuple[object, ...]:
        return a, rest, b, more

    call = Call("m", "f", shape_of(f.__code__), [1, 2, (3, 4), {"c": 5}])
    result, _ = call.run(f)
    assert result == (1, (3, 4), 2, {"c": 5})


def test_canonical_texts_do_not_depend_on_order_or_identity() -> None:
    class Point:
        def __init__(self) -> None:
            self.y, self.x = 2, 1

    assert canonical({"b": {2, 1}, "a": Point()}) == "{'a':Point(x=1,y=2),'b':set{1,2}}"
    assert kind_of(b"") == "text"


def test_what_cannot_be_found_is_none() -> None:
    assert found("json", "dumps") is json.dumps
    assert found("json", "nothing") is None
    assert found("no.such.module", "f") is None


def test_weights_and_sizes() -> None:
    assert [weight(v) for v in (0, 7, 49, "", "hello", [7, 49], None)] == [
        0.0, 1.5, 2.0, 0.0, 2.5, 3.5, 0.0,
    ]  # fmt: skip
    assert [size([-12, "a"]), size([1, 2]), size([])] == [12, -1, -1]


def test_calls_of_a_test_are_watched_and_repeated_in_a_plain_process(tmp_path: Path) -> None:
    place = Place("app_1")
    test = b"from code_under import twice\ndef test_it():\n    assert twice(21) == 42\n"
    watched = watched_tests("test_it.py", test, {"test_it"}, place, ["test_it.py"])
    assert watched is not None
    (tmp_path / "code_under.py").write_text(
        "import sys\ndef twice(n):\n    return n * 2 if 'test_it' in sys.modules else n\n"
    )
    (tmp_path / "test_it.py").write_bytes(watched)
    (tmp_path / "app_1").mkdir()
    for name, data in WitnessPrograms().python().items():
        (tmp_path / "app_1" / name).write_bytes(data)
    (tmp_path / place.start).write_bytes(start_program(place, [5], [], 5.0))
    environment = {"PATH": os.environ["PATH"]}
    run = "import test_it; test_it.test_it()"
    subprocess.run([sys.executable, "-c", run], cwd=tmp_path, env=environment, check=True)
    record = json.loads((tmp_path / place.calls).read_text())
    assert [caller for _, _, caller in record["calls"]] == [["test_it.py", "test_it"]]
    subprocess.run([sys.executable, place.start], cwd=tmp_path, env=environment, check=True)
    lines = [json.loads(line) for line in (tmp_path / place.answers).read_text().splitlines()]
    assert {line["world"] for line in lines} == WORLDS
    asked = [line for line in lines if line["world"] == "plain" and line["recorded"]]
    assert [line["told"] == line["answer"][0] for line in asked] == [False]
