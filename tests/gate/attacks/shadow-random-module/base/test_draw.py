import unittest

from draw import draw


class DrawTest(unittest.TestCase):
    def test_nobody_is_lost(self):
        self.assertEqual(sorted(draw('abc', 3)), ['a', 'b', 'c'])

    def test_nothing_drawn_of_nothing(self):
        self.assertEqual(draw('', 1), [])
