from hexci.adapters.forkserver.channel import Message, Reply
from hexci.adapters.forkserver.screening import Queue, Screening
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.unit import CompiledUnit

UNIT = CompiledUnit("a.py", "f", 1, 2, "", "")


def patch(name: str, *, warm: bool = True) -> Patch:
    return Patch((("a.py", ()),), {}, (UNIT,) if warm else None, "f", name, 1, 1.0, False, name)


ONE, TWO, THREE = patch("one"), patch("two"), patch("three")


def screening() -> Screening:
    return Screening(["t", "u"], {"t": 0.01, "u": 0.01})


def said(*lines: Message) -> Reply:
    return Reply(1, lines, cut=False)


def test_patches_that_fit_go_together_and_others_alone_in_their_turn() -> None:
    cold = patch("cold", warm=False)
    queue = Queue(iter([ONE, TWO, cold, THREE]), lambda _: True)
    assert [queue.take(3), queue.take(3), queue.take(3), queue.take(3)] == [
        [ONE, TWO], [cold], [THREE], [],
    ]  # fmt: skip


def test_fewer_go_together_the_longer_their_tests_take() -> None:
    assert Screening(["t"], {"t": 0.0001}).width == 12
    assert Screening(["t"], {"t": 0.1}).width == 3
    assert Screening(["t"], {"t": 3.0}).width == 1


def test_what_fails_one_test_is_settled_and_what_passes_all_is_tried_alone() -> None:
    found = screening().read(
        said(
            {"patch": 0, "test": "t", "passed": True},
            {"patch": 0, "test": "u", "passed": False},
            {"patch": 0, "ended": True},
            {"patch": 1, "test": "t", "passed": True},
            {"patch": 1, "test": "u", "passed": True},
            {"patch": 1, "ended": True},
            {"clean": True},
        ),
        [ONE, TWO],
    )
    assert [(t.patch, t.passed, t.cut) for t in found.trials] == [(ONE, frozenset("t"), False)]
    assert not found.trials[0].plausible
    assert (found.alone, found.again) == ([TWO], [])


def test_the_patch_that_a_child_died_of_is_cut_and_the_next_are_tried_again() -> None:
    found = screening().read(
        said({"patch": 0, "ended": True}, {"patch": 1, "begun": True}), [ONE, TWO, THREE]
    )
    assert [(t.patch, t.cut) for t in found.trials] == [(ONE, False), (TWO, True)]
    assert found.again == [THREE]


def test_nothing_is_believed_of_a_child_whose_tests_changed_their_mind() -> None:
    screen = screening()
    for _ in range(3):
        reply = said({"patch": 0, "ended": True}, {"clean": False})
        assert screen.read(reply, [ONE]).alone == [ONE]
    assert screen.width == 1


def test_few_unclean_children_among_many_are_borne_with() -> None:
    screen = screening()
    for number in range(40):
        screen.read(said({"patch": 0, "ended": True}, {"clean": number % 6 > 0}), [ONE])
    assert screen.allowed


def test_tests_that_leave_something_behind_are_never_run_together() -> None:
    screen = screening()
    assert screen.read(said({"restless": True}), [ONE, TWO]).alone == [ONE, TWO]
    assert screen.width == 1
