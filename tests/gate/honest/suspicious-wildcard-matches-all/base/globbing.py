class Wildcard:
    """Matches any word."""

    def matches(self, word):
        return word == "*"


class Exact:
    """Matches one word."""

    def __init__(self, word):
        self.word = word

    def matches(self, word):
        return word == self.word
