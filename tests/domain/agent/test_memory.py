"""What a long conversation forgets, and what it never does."""

from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.agent.conversation import Message, Role
from hexci.domain.agent.memory import compressed

LONG = "x" * 1_000


def told(*texts: str) -> list[Message]:
    return [Message(Role.SYSTEM, "rules"), Message(Role.USER, "task"),
            *(Message(Role.TOOL, text) for text in texts)]  # fmt: skip


def test_the_oldest_observation_is_cut_first_and_only_as_many_as_needed() -> None:
    before = told(*[LONG] * 8)
    after = compressed(before, 7_500)
    cut = [number for number, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert cut == [2]
    assert after[2].text.endswith("[800 characters cut]")


def test_verdicts_of_the_gate_and_the_newest_four_stay_whole() -> None:
    verdict = f"REFUSED (evidence_failed)\n{LONG}"
    before = told(verdict, LONG, f"propose_edit:\n{verdict}", LONG, *[LONG] * 4)
    after = compressed(before, 10)
    whole = [number for number, (a, b) in enumerate(zip(before, after, strict=True)) if a == b]
    assert whole == [0, 1, 2, 4, 6, 7, 8, 9]


@given(st.lists(st.integers(0, 2_000), max_size=20), st.integers(0, 20_000))
def test_nothing_is_lost_from_the_order_and_nothing_grows(sizes: list[int], most: int) -> None:
    before = told(*("y" * size for size in sizes))
    after = compressed(before, most)
    assert [m.role for m in after] == [m.role for m in before]
    assert all(len(a.text) <= max(len(b.text), 230) for a, b in zip(after, before, strict=True))
    if sum(len(m.text) for m in before) <= most:
        assert list(after) == before
