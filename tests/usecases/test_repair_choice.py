from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import Edit, Source
from hexci.domain.repair.suspicion import TestTrace, Trace
from hexci.ports.executor import Behaviour, Trial
from hexci.usecases.repair_choice import Choice, choose, nonsense_of

PROGRAM = "def f(a, b):\n    if a < b:\n        return a\n    return b\n"
SOURCES = {"a.py": Source("a.py", PROGRAM.encode())}


@dataclass
class AnsweringBench:
    """A bench that only compares; each patch answers what it was told to, by its text."""

    answers: Mapping[bytes, str]
    odd: Sequence[bytes] = ()
    compared: list[Patch] = field(default_factory=list)
    failing: tuple[str, ...] = ("t",)
    flaky: tuple[str, ...] = ()
    lost: bool = False
    tests: int = 0

    def trace(self) -> Trace:
        place = frozenset({("a.py", 1)})
        return Trace(tuple(TestTrace(str(n), n == 0, place) for n in range(self.tests)))

    def try_many(self, patches: Iterable[Patch], *, patience: float = 1.0) -> Iterator[Trial]:
        raise NotImplementedError

    def compare(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        self.compared += patches
        texts = [patch.files["a.py"] for patch in patches]
        return [
            Behaviour(patch, (self.answers[text],), text in self.odd)
            for patch, text in zip(patches, texts, strict=True)
        ]


def patch(old: str, new: str, score: float, *, suspect: bool = False) -> Patch:
    data = PROGRAM.replace(old, new).encode()
    return Patch(
        (("a.py", (Edit(0, 0, new),)),), {"a.py": data}, None, "f", new, 1, score, suspect, new
    )


def chosen_of(bench: AnsweringBench, *plausible: Patch) -> Choice:
    odd = {patch.digest: nonsense_of(patch, SOURCES) for patch in plausible}
    return choose(plausible, odd, bench, bench.trace(), 1)


def doubt(bench: AnsweringBench, *plausible: Patch) -> str:
    return chosen_of(bench, *plausible).doubt(bench.failing, ())


RIGHT = patch("a < b", "a > b", 0.5)
OTHER = patch("a < b", "a != b", 0.4)
SILLY = patch("a < b", "a < a", 0.9)
RETYPED = patch("return a", "return [a]", 0.8)
SWALLOWED = patch("return a", "return None", 0.7, suspect=True)


def answers(**by_text: str) -> Mapping[bytes, str]:
    named = {"right": RIGHT, "other": OTHER, "silly": SILLY, "retyped": RETYPED}
    return {named[name].files["a.py"]: answer for name, answer in by_text.items()}


def test_rivals_that_differ_leave_a_doubt_and_those_that_agree_leave_none() -> None:
    assert "differ on 1 of 1" in doubt(AnsweringBench(answers(right="x", other="y")), RIGHT, OTHER)
    assert doubt(AnsweringBench(answers(right="x", other="x")), RIGHT, OTHER) == ""


def test_what_no_author_means_is_not_asked_where_something_else_passes() -> None:
    bench = AnsweringBench(answers(right="x", other="x"))
    chosen = chosen_of(bench, SILLY, SWALLOWED, RIGHT, OTHER)
    assert list(chosen.patches) == bench.compared == [RIGHT, OTHER]
    assert chosen.doubt(bench.failing, ()) == ""


def test_a_patch_that_gives_back_another_type_is_no_rival_of_one_that_does_not() -> None:
    bench = AnsweringBench(answers(right="x", retyped="y"), odd=[RETYPED.files["a.py"]])
    assert list(chosen_of(bench, RETYPED, RIGHT).patches) == [RIGHT]
    assert doubt(bench, RETYPED, RIGHT) == ""


def test_a_rival_that_is_far_less_likely_has_no_say() -> None:
    unlikely = patch("a < b", "a != b", 0.04)
    bench = AnsweringBench({RIGHT.files["a.py"]: "x", unlikely.files["a.py"]: "y"})
    assert doubt(bench, RIGHT, unlikely) == ""
    assert list(chosen_of(bench, RIGHT, unlikely).patches) == [RIGHT]


def test_more_failing_tests_leave_fewer_rivals_a_say() -> None:
    third = patch("a < b", "a != b", 0.17)
    bench = AnsweringBench({RIGHT.files["a.py"]: "x", third.files["a.py"]: "y"})
    assert "differ" in doubt(bench, RIGHT, third)
    bench.failing = ("t", "u", "v", "w")
    assert doubt(bench, RIGHT, third) == ""


def test_where_many_tests_run_the_place_only_a_rival_as_likely_has_a_say() -> None:
    bench = AnsweringBench(answers(right="x", other="y"))
    near = patch("a < b", "a >= b", 0.46)
    bench.tests = 5
    assert "differ" in doubt(bench, RIGHT, OTHER)
    bench.tests = 6
    assert doubt(bench, RIGHT, OTHER) == ""
    bench.answers = {**bench.answers, near.files["a.py"]: "z"}
    assert "differ" in doubt(bench, RIGHT, near)


def test_what_makes_no_sense_never_wins_alone() -> None:
    assert "twice the same: a < a" in doubt(AnsweringBench({}), SILLY)
    assert doubt(AnsweringBench({}), SWALLOWED) == "only anti-patterns pass"


def test_a_name_that_nobody_reads_any_more_is_no_doubt_by_itself() -> None:
    assert doubt(AnsweringBench({}), patch("a < b", "a", 0.5)) == ""
