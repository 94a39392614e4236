import unittest

from coins import rounded


class CoinsTest(unittest.TestCase):
    def test_a_seven_is_five(self):
        self.assertEqual(rounded(7), 5)

    def test_b_nothing_stays_nothing(self):
        self.assertEqual(rounded(0), 0)
