class Version:
    """A dotted version."""

    def __init__(self, text):
        self.parts = text.split(".")

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts
