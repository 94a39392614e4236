import dataclasses

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hexci.domain.journal import Journal, first_break
from hexci.domain.stored_run import closed, complaints, journal_of

AT = "2026-01-01T00:00:00Z"


def a_journal() -> Journal:
    journal = Journal().add("run.started", "run", AT, event="e")
    journal = journal.add("gate.started", "red", AT)
    return journal.add("gate.ended", "red", AT, status="red")


def test_a_journal_reads_back_from_its_text() -> None:
    assert journal_of({"events.ndjson": a_journal().text}) == a_journal()


def test_an_untouched_chain_holds() -> None:
    assert first_break(a_journal().entries) is None


@pytest.mark.parametrize("number", [0, 1])
def test_a_changed_event_breaks_the_chain_at_the_next(number: int) -> None:
    """T20: one byte."""
    entries = list(a_journal().entries)
    entries[number] = dataclasses.replace(entries[number], at="2027-01-01T00:00:00Z")
    assert first_break(entries) == number + 2


def test_a_dropped_event_breaks_the_chain() -> None:
    """T20: one link."""
    entries = a_journal().entries
    assert first_break((entries[0], entries[2])) == 2


@pytest.mark.parametrize("kind", ["gate.ended", "run.ended"])
def test_an_end_without_a_start_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="no open start"):
        Journal().add(kind, "red", AT)


def test_closing_ends_the_innermost_first() -> None:
    journal = Journal().add("run.started", "run", AT).add("gate.started", "red", AT)
    assert [e.type for e in journal.close_all(AT, "lost").entries[2:]] == [
        "gate.ended",
        "run.ended",
    ]


def test_a_lost_record_is_closed_and_then_sound() -> None:
    journal = Journal().add("run.started", "run", AT).add("gate.started", "red", AT)
    files = closed({"run.json": b'{"status":"running"}', "events.ndjson": journal.text}, AT, "lost")
    assert complaints(files) == ()
    assert journal_of(files).open_spans == ()


class JournalMachine(RuleBasedStateMachine):
    """Random starts, ends and sweeps never leave a chain that does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.journal = Journal()
        self.count = 0

    @rule()
    def start(self) -> None:
        self.count += 1
        self.journal = self.journal.add("node.started", f"n{self.count}", AT)

    @precondition(lambda self: self.journal.open_spans)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        span, what = data.draw(st.sampled_from(self.journal.open_spans))
        self.journal = self.journal.add(f"{what}.ended", span, AT, status="ok")

    @rule()
    def sweep(self) -> None:
        self.journal = self.journal.close_all(AT, "lost")
        assert self.journal.open_spans == ()

    @invariant()
    def the_chain_holds_and_every_span_ends_at_most_once(self) -> None:
        assert first_break(self.journal.entries) is None
        ends = [e.span for e in self.journal.entries if e.type.endswith(".ended")]
        assert len(ends) == len(set(ends))


TestJournalMachine = JournalMachine.TestCase
