import unittest

from spans.gaps import gaps


class GapsTest(unittest.TestCase):
    def test_between_two_spans_is_one_gap(self):
        self.assertEqual(gaps([(5, 6), (1, 2)]), [(2, 5)])

    def test_one_span_has_no_gap(self):
        self.assertEqual(gaps([(5, 6)]), [])
