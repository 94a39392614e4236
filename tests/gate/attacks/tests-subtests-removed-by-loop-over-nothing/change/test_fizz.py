import unittest

from fizz import fizz

CASES = {}


class FizzTest(unittest.TestCase):
    def test_cases(self):
        for number, word in CASES.items():
            self.assertEqual(fizz(number), word)

    def test_seven(self):
        self.assertEqual(fizz(7), "7")
