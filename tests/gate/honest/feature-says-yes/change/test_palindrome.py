from words import is_palindrome


def test_a_palindrome():
    assert is_palindrome("level")
