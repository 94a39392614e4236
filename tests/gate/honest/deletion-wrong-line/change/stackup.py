class Stack:
    """Last in, first out."""

    def __init__(self):
        self.items = []

    def push(self, item):
        """Put `item` on top."""
        self.items.append(item)

    def pop(self):
        """Take the top."""
        return self.items.pop()
