from isbn import is_isbn


def test_hyphens_do_not_matter():
    assert is_isbn("978-3-16-148410-0")
    assert is_isbn("978-0-306-40615-7")


def test_wrong_digits_are_noticed():
    assert not is_isbn("9783161484101")
