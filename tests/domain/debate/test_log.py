import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.canonical import Json, canonical
from hexci.domain.debate.letter import ALL, Kind, Letter
from hexci.domain.debate.log import ROSTER, Log, read_log
from hexci.domain.debate.protocols import OutOfTurnError
from hexci.domain.debate.roles import CONDUCTOR
from hexci.domain.journal import GENESIS
from hexci.errors import BadInputError

AT = "2026-01-02T03:04:05Z"
ROLES: dict[str, Json] = {
    name: {"by": "", "caps": [], "key": ""} for name in (CONDUCTOR, "ada", "bob")
}


def roster(log: Log) -> Log:
    return log.taking(log.draft(CONDUCTOR, ALL, Kind.ROSTER, {"roles": ROLES}, ROSTER, ROSTER, AT))


def said(log: Log, sender: str, to: str, kind: Kind, talk: str, **payload: object) -> Log:
    protocol = "broadcast" if kind in {Kind.CALL, Kind.ANSWER} else "delegation"
    return log.taking(log.draft(sender, to, kind, payload, talk, protocol, AT))  # type: ignore[arg-type]


def debate() -> Log:
    log = said(roster(Log()), CONDUCTOR, ALL, Kind.CALL, "design", audience=["ada", "bob"])
    log = said(log, "ada", CONDUCTOR, Kind.ANSWER, "design", text="x")
    log = said(log, CONDUCTOR, "bob", Kind.TASK, "tests")
    return said(log, "bob", CONDUCTOR, Kind.RESULT, "tests", note="ü\n\u2028")


def lines() -> list[bytes]:
    return debate().text.splitlines(keepends=True)


def test_what_was_written_is_read_back() -> None:
    assert read_log(debate().text) == debate()
    assert read_log(debate().text).open_talks == ("design",)


def test_each_message_carries_the_id_of_the_one_before() -> None:
    letters = debate().letters
    assert [letter.meta.prev for letter in letters] == [
        GENESIS,
        *(letter.id for letter in letters[:-1]),
    ]


@given(st.data())
def test_no_byte_of_a_log_can_be_changed_unnoticed(data: st.DataObject) -> None:
    text = debate().text
    place = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[place]))
    altered = text[:place] + bytes([new]) + text[place + 1 :]
    with pytest.raises((BadInputError, OutOfTurnError)):
        read_log(altered)


@given(st.permutations(range(5)), st.sets(st.integers(0, 4)))
def test_no_message_can_be_left_out_or_moved(order: list[int], gone: set[int]) -> None:
    kept = [number for number in order if number not in gone]
    text = b"".join(lines()[number] for number in kept)
    if kept == list(range(len(kept))):
        assert read_log(text).text == text
        return
    with pytest.raises(OutOfTurnError):
        read_log(text)


def test_nobody_speaks_who_is_not_on_the_roster() -> None:
    with pytest.raises(OutOfTurnError, match="'eve' is not on the roster"):
        said(roster(Log()), "eve", CONDUCTOR, Kind.RESULT, "tests")


def test_only_the_conductor_writes_the_roster() -> None:
    log = roster(Log())
    with pytest.raises(OutOfTurnError, match="ada may not write the roster"):
        log.taking(log.draft("ada", ALL, Kind.ROSTER, {"roles": ROLES}, ROSTER, ROSTER, AT))


def test_a_message_with_the_id_of_another_is_refused() -> None:
    first, second = lines()[:2]
    body = json.loads(second)
    body["payload"]["audience"] = ["ada"]
    with pytest.raises(BadInputError, match="message 2 was altered"):
        read_log(first + canonical(body) + b"\n")


@given(st.binary(max_size=200))
def test_a_log_from_anybody_is_read_or_refused_and_never_breaks(text: bytes) -> None:
    try:
        log = read_log(text)
    except (BadInputError, OutOfTurnError):
        return
    assert log.letters == ()


def test_the_signature_is_not_part_of_what_is_signed() -> None:
    letter: Letter = debate().letters[1]
    assert replace(letter, signature="seal").body == letter.body
