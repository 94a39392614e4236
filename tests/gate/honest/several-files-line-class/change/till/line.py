"""One line of a cart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Some pieces of one thing, at a price in cents each."""

    name: str
    price: int
    quantity: int

    def total(self):
        """What the line costs, in cents."""
        return self.price * self.quantity
