import unittest

from pad import pad


class PadTest(unittest.TestCase):
    def test_left(self):
        self.assertEqual(pad("a", 3), "a  ")

    def test_long(self):
        self.assertEqual(pad("abc", 2), "abc")
