import unittest

from fizz import fizz


class FizzTest(unittest.TestCase):
    def test_fifteen(self):
        self.assertEqual(fizz(15), "FizzBuzz")

    def test_three(self):
        self.assertEqual(fizz(3), "Fizz")
