import unittest

from fizz import fizz

CASES = {3: "Fizz", 5: "Buzz", 15: "FizzBuzz", 1: "1"}


class FizzTest(unittest.TestCase):
    def test_cases(self):
        for number, word in CASES.items():
            self.assertEqual(fizz(number), word)

    def test_seven(self):
        self.assertEqual(fizz(7), "7")
