import re

from hexci.domain.boundaries.patterns import without_possessive_groups


def test_only_groups_lose_their_possession() -> None:
    pattern = rb"(?:a*+b)*+c++(?:d){2,}+[)]?"
    assert without_possessive_groups(pattern) == rb"(?:a*+b)*c++(?:d){2,}[)]?"


def test_both_forms_find_the_same() -> None:
    string = rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    text = rb'x "a\"b" "" "\\" "open'
    found = [re.findall(p, text) for p in (string, without_possessive_groups(string))]
    assert found[0] == found[1] == [rb'"a\"b"', rb'""', rb'"\\"']
