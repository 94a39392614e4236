VOWELS = "aeiou"


def is_palindrome(word):
    """Whether `word` reads the same backwards."""
    return word == word[::-1]
