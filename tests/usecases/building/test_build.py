"""A build as a whole: what is kept, what is refused, and that no kill makes it pay twice."""

from collections import Counter

import pytest
from fakes.yards import ANSWERS, RUN, Coder, KilledError, MortalRecords, Yard

from hexci.domain.building.order import BuildOrder
from hexci.domain.debate.log import MESSAGES, read_log
from hexci.domain.outcome import Outcome
from hexci.domain.stored_run import about, complaints
from hexci.errors import ModelError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.progress import Progress

PAID = ["submit_critique"] * 2 + ["submit_design"] * 2 + ["submit_specification", "vote"]


def kinds(yard: Yard, talk: str) -> list[str]:
    log = read_log(yard.records.stored[RUN][MESSAGES])
    return [letter.kind.value for letter in log.letters if letter.meta.talk == talk]


def test_a_build_ends_with_one_change_that_holds_everything() -> None:
    yard = Yard()
    result = yard.build()
    assert (result.outcome, result.candidate) == (Outcome.COMMITTED, "openai/scripted")
    assert sorted(yard.model.asked) == [*PAID, "write_tests"]
    debate = dict(result.tried[0].usage)
    assert debate == {"prompt_tokens": 700, "completion_tokens": 70, "usd": None}
    files = yard.records.stored[RUN]
    assert files["designs/durability.md"] == b"One module.\n"
    assert files["tests/tests/test_kit.py"].startswith(b"from kit import good")
    assert about(files)["messages_head"] == read_log(files[MESSAGES]).head
    assert "kit.good is True" in yard.coder.tasks[0]


def deaths() -> range:
    """Every step of the record after which a process can die, but the last."""
    yard = Yard()
    yard.build()
    return range(1, yard.records.steps)


@pytest.mark.parametrize("step", deaths())
def test_a_build_killed_after_any_step_goes_on_and_pays_nothing_twice(step: int) -> None:
    yard = Yard(MortalRecords(step))
    with pytest.raises(KilledError):
        yard.build()
    assert yard.again().outcome is Outcome.COMMITTED
    assert Counter(yard.model.asked) == Counter([*PAID, "write_tests"])
    files = yard.records.stored[RUN]
    log = read_log(files[MESSAGES])
    assert (complaints(files), log.open_talks) == ((), ())
    # nobody said anything twice
    said = Counter((x.meta.talk, x.sender, x.kind) for x in log.letters if x.kind != "roster")
    assert set(said.values()) == {1}


@pytest.mark.parametrize("second", [1, 3, 5, 7])
def test_a_build_may_be_killed_more_than_once(second: int) -> None:
    yard = Yard(MortalRecords(4))
    with pytest.raises(KilledError):
        yard.build()
    # two more steps are written by the sweeper and the one who takes it up
    died = _dies_again(yard, second)
    assert died
    assert yard.again().outcome is Outcome.COMMITTED
    assert Counter(yard.model.asked) == Counter([*PAID, "write_tests"])


def _dies_again(yard: Yard, steps: int) -> bool:
    class Again(MortalRecords):
        pass

    records = yard.records
    again = Again()
    again.stored, again.subjects = records.stored, records.subjects
    yard.records = again
    original = again.step

    def step(*args: object, **more: object) -> None:
        original(*args, **more)  # type: ignore[arg-type]
        if again.last == 10_000 and again.steps == steps + 2:
            again.last = again.steps
            raise KilledError

    again.step = step  # type: ignore[method-assign]
    try:
        yard.again()
    except KilledError:
        again.step = original  # type: ignore[method-assign]
        return True
    return False


def test_an_architect_who_fails_is_missed_but_stops_nobody() -> None:
    calls: list[object] = []

    def design(request: object) -> dict[str, str]:
        calls.append(request)
        return {"design": "" if "durability:" in str(request) else "One module."}

    yard = Yard(answers={"submit_design": design})
    assert yard.build().outcome is Outcome.COMMITTED
    assert sorted(kinds(yard, "design")) == ["answer", "call", "failure"]


def test_nobody_who_designs_is_an_end() -> None:
    result = Yard(answers={"submit_design": {"design": ""}}).build()
    assert (result.outcome, result.branch) == (Outcome.MODEL_ERROR, "")


@pytest.mark.parametrize("tool", ["submit_design", "submit_critique", "vote", "write_tests"])
def test_a_model_that_cannot_be_reached_ends_the_run_which_can_be_taken_up(tool: str) -> None:
    faults = [ModelError("no route")]

    def answer(_: object) -> object:
        if faults:
            raise faults.pop()
        return ANSWERS[tool]

    yard = Yard(answers={tool: answer}, order=BuildOrder("a good kit", ".", 1))
    assert yard.build().outcome is Outcome.MODEL_ERROR
    assert yard.again().outcome is Outcome.COMMITTED
    assert sorted(yard.model.asked) == sorted([*PAID[1:2], *PAID[3:], "write_tests", tool])


def test_a_builder_whose_model_cannot_be_reached_has_not_failed() -> None:
    class Unreached(Coder):
        def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
            if not self.tasks:
                self.tasks.append("")
                return Attempt(Outcome.MODEL_ERROR, "no route")
            return Coder.attempt(self, given, progress=progress)

    yard = Yard(coder=Unreached())
    assert yard.build().outcome is Outcome.MODEL_ERROR
    assert yard.again().outcome is Outcome.COMMITTED
    assert kinds(yard, "code-1-builder-1") == ["task", "result"]


def test_skeptics_are_as_many_as_there_are_different_models() -> None:
    order = BuildOrder("a good kit", ".", 1)
    yard = Yard(order=order, models=["openai/a", "ollama/b", "openai/a", "local"])
    yard.build()
    assert kinds(yard, "vote-1") == ["motion", "vote", "vote", "vote", "decision"]


def test_a_specification_that_is_not_agreed_to_is_mended_once_then_kept_with_the_dissent() -> None:
    against = {"approve": False, "objections": ["what is good?"]}
    yard = Yard(answers={"vote": against})
    result = yard.build()
    assert result.outcome is Outcome.COMMITTED
    assert (result.facts["agreed"], result.facts["dissent"]) == (False, ["what is good?"])
    assert kinds(yard, "specification") == ["proposal", "counter", "proposal", "abort"]
    assert kinds(yard, "vote-2") == ["motion", "vote", "decision"]


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ([{"path": "kit.py", "content": "good = True\n"}], "is no test"),
        ([{"path": "README.md", "content": "x"}], "is there already"),
        ([{"path": "tests/conftest.py", "content": "x = 1\n"}], "is part of the evidence"),
        ([{"path": "tests/test_x.py", "content": "def"}], "is no Python"),
        ([{"path": "tests/test_x.py", "content": "assert 1\n"}], "although there is no code"),
        ([{"path": "../x.py", "content": "good"}], "not a path below"),
    ],
)
def test_tests_that_prove_nothing_are_not_frozen(edits: list[object], why: str) -> None:
    told: list[str] = []

    def tests(request: object) -> dict[str, object]:
        told.append(str(request))
        return {"edits": edits}

    yard = Yard(answers={"write_tests": tests})
    result = yard.build()
    assert result.outcome is Outcome.MODEL_ERROR
    assert len(told) == 4, "three tries, and one that is not looked at"
    assert why in told[1]
    assert yard.coder.tasks == []


def test_code_that_the_gate_refuses_does_not_land() -> None:
    yard = Yard(coder=Coder(b"good = False\n"))
    result = yard.build()
    assert (result.outcome, yard.commits.messages) == (Outcome.EVIDENCE_FAILED, [])
    assert kinds(yard, "code-1-builder-1") == ["task", "failure"]


def test_code_that_changes_what_was_frozen_is_refused_before_the_gate() -> None:
    class Cheat(Coder):
        def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
            given.room.write({"tests/test_kit.py": b"good = True\n"})
            given.room.write({"kit.py": b"good = True\n"})
            verdict = given.judge(given.room.snapshot())
            return Attempt(verdict.outcome, summary=verdict.reason)

    result = Yard(coder=Cheat()).build()
    assert result.outcome is Outcome.PROTECTED_PATH
    assert "tests/test_kit.py: was frozen before the code" in result.reason
