from finder import is_test_file


def test_prefix():
    assert is_test_file("test_a.py")


def test_not_testing():
    assert not is_test_file("testing.py")


def test_suffix():
    assert is_test_file("a_test.py")
