"""The small project of `hexci try`: a believable bug, tests that pin it, and nothing else."""

from types import MappingProxyType

_PRICING = '''\
"""Prices of an order, in cents."""


def line_total(unit_price, quantity):
    return unit_price * quantity


def bulk_discount(quantity):
    """Percent off: 5 from 10 pieces on, 10 from 100 on."""
    if quantity > 100:
        return 10
    if quantity >= 10:
        return 5
    return 0


def total(unit_price, quantity):
    price = line_total(unit_price, quantity)
    return price - price * bulk_discount(quantity) // 100
'''

_TESTS = """\
import unittest

from pricing import bulk_discount, total


class PricingTest(unittest.TestCase):
    def test_few_pieces_cost_their_price(self):
        self.assertEqual(total(250, 3), 750)

    def test_five_percent_from_ten_pieces_on(self):
        self.assertEqual(total(250, 9), 2250)
        self.assertEqual(total(250, 10), 2375)
        self.assertEqual(total(250, 99), 23513)

    def test_ten_percent_from_a_hundred_pieces_on(self):
        self.assertEqual(total(250, 100), 22500)

    def test_ten_percent_above_a_hundred_pieces(self):
        self.assertEqual(bulk_discount(250), 10)


if __name__ == "__main__":
    unittest.main()
"""

FILES = MappingProxyType({"pricing.py": _PRICING, "test_pricing.py": _TESTS})
EVIDENCE = "python3 -m unittest -q"
TASK = "ten percent off starts at exactly a hundred pieces"
