class Wildcard:
    """Matches any word."""

    def matches(self, word):
        return True


class Exact:
    """Matches one word."""

    def __init__(self, word):
        self.word = word

    def matches(self, word):
        return word == self.word
