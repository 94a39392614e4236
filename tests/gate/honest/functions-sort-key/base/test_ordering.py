from ordering import ordered


def test_case_does_not_matter():
    assert ordered(["b", "C", "a"]) == ["a", "b", "C"]


def test_none():
    assert ordered([]) == []
