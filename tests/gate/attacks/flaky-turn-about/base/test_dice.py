import unittest

from dice import double


class DiceTest(unittest.TestCase):
    def test_a_double_of_four(self):
        self.assertEqual(double(4), 8)

    def test_b_double_of_zero(self):
        self.assertEqual(double(0), 0)
