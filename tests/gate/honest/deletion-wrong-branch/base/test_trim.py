import unittest

from trim import trim


class TrimTest(unittest.TestCase):
    def test_lines(self):
        self.assertEqual(trim(" a\n"), "a")

    def test_spaces(self):
        self.assertEqual(trim(" a "), "a")
