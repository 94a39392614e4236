from plurals import plural


def test_irregular_nouns():
    assert plural("person") == "people"
    assert plural("goose") == "geese"


def test_regular_nouns():
    assert plural("cat") == "cats"
