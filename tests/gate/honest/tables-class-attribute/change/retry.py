class Retry:
    """How often to try."""

    limit = 3

    def allows(self, tries):
        """Whether another try may follow `tries`."""
        return tries < self.limit
