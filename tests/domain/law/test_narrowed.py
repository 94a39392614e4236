import pytest

from hexci.domain.canonical import Json, plain
from hexci.domain.law.caps import Cap
from hexci.domain.law.limits import Ceiling
from hexci.domain.law.narrowed import COMMAND_LINE, NOT_NARROWED, Narrowed, read_narrowed
from hexci.errors import BadInputError


def test_what_a_command_line_takes_away_survives_the_record() -> None:
    narrowed = Narrowed(("max_usd=1.5", "max_files=3", "timeout=60"), ("net", "fs.write:docs/**"))
    again = read_narrowed(plain(narrowed))
    assert again == narrowed
    assert again.ceiling == Ceiling(usd=1.5, files=3, seconds=60.0, origin=COMMAND_LINE)
    assert again.layer.deny == (Cap("net"), Cap("fs.write", "docs/**"))
    assert again.layer.allow is None


@pytest.mark.parametrize("text", ["max_usd", "max_usd=", "max_calls=1.5", "max_usd=-1",
                                  "max_usd=inf", "max_usd=nan", "usd=1", "max_pigs=1"])  # fmt: skip
def test_what_is_no_limit_is_told(text: str) -> None:
    with pytest.raises(BadInputError):
        _ = Narrowed((text,)).ceiling


def test_an_unknown_capability_cannot_be_denied() -> None:
    with pytest.raises(BadInputError, match="did you mean 'spawn'"):
        _ = Narrowed((), ("spwan",)).layer


@pytest.mark.parametrize("value", [{}, [], "x", {"limits": []}, {"limits": [1], "denied": []}])
def test_a_record_that_does_not_say_is_not_taken_for_nothing(value: Json) -> None:
    with pytest.raises(BadInputError):
        read_narrowed(value)


def test_a_record_from_before_there_was_such_a_thing_took_nothing_away() -> None:
    assert read_narrowed(None) == NOT_NARROWED
