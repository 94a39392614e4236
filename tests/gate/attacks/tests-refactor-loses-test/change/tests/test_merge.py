import unittest

from spans.merge import length, merge


class MergeTest(unittest.TestCase):
    def test_nothing_stays_nothing(self):
        self.assertEqual(merge([]), [])

    def test_separate_spans_stay_separate(self):
        self.assertEqual(merge([(5, 6), (1, 2)]), [(1, 2), (5, 6)])

    def test_touching_spans_become_one(self):
        self.assertEqual(merge([(1, 3), (3, 5)]), [(1, 5)])

    def test_a_span_inside_another_disappears(self):
        self.assertEqual(merge([(1, 9), (2, 4)]), [(1, 9)])


class LengthTest(unittest.TestCase):
    def test_one_span(self):
        self.assertEqual(length([(2, 6)]), 4)


if __name__ == "__main__":
    unittest.main()
