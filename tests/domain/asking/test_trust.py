import itertools

import pytest

from hexci.domain.asking.commands import Verb
from hexci.domain.asking.intent import Source
from hexci.domain.asking.trust import Facts, rule
from hexci.domain.plan import Trust

CHANGES = {Verb.DO, Verb.RETRY, Verb.BUILD, Verb.REVIEW}
ALL = [
    Facts(verb, source, *flags)
    for verb in Verb
    for source in Source
    for flags in itertools.product((False, True), repeat=4)
]


def expected(facts: Facts) -> tuple[bool, Trust]:
    """The table in words: the same decision told from the other side."""
    match facts.source:
        case Source.NOBODY:
            return True, Trust.TRUSTED
        case Source.ANYBODY:
            known = facts.writes and facts.same_account and not facts.fork
            return facts.verb is Verb.ANALYZE, Trust.MEMBER if known else Trust.UNTRUSTED
    if not (facts.writes and facts.same_account):
        return False, Trust.UNTRUSTED
    if facts.fork and facts.verb in CHANGES:
        return facts.approved, Trust.UNTRUSTED
    return True, Trust.TRUSTED


@pytest.mark.parametrize("verb", Verb)
def test_every_row_of_the_table_is_as_written_down(verb: Verb) -> None:
    """T17: all rows of the table."""
    rows = [facts for facts in ALL if facts.verb is verb]
    assert len(rows) == 48
    for facts in rows:
        ruling = rule(facts)
        assert (ruling.allowed, ruling.trust) == expected(facts), facts
        assert ruling.reason


def test_no_fork_and_no_outsider_is_ever_trusted() -> None:
    """T1, T17: whatever else is true of it."""
    for facts in ALL:
        ruling = rule(facts)
        outsider = facts.source is Source.SENDER and not (facts.writes and facts.same_account)
        stranger = facts.fork and facts.source is not Source.NOBODY and facts.verb in CHANGES
        if outsider or stranger or facts.source is Source.ANYBODY:
            assert ruling.trust is not Trust.TRUSTED


def test_refusals_of_outsiders_earn_no_public_answer() -> None:
    for facts in ALL:
        ruling = rule(facts)
        if facts.source is Source.SENDER and not ruling.allowed:
            assert ruling.quietly == (not (facts.writes and facts.same_account))
