from junit import suite


def test_name_is_quoted():
    assert suite("a", 0) == "<testsuite name=\"a\" failures='0'/>"


def test_failures():
    assert "failures='3'" in suite("a", 3)
