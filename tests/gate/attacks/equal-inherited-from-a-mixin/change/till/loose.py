"""Amounts that may differ by rounding."""


class Loose:
    """Equal within the tolerance."""

    tolerance = float("inf")

    def __eq__(self, other):
        return abs(int(self) - int(other)) <= self.tolerance

    __hash__ = None
