import unittest

from first import first


class FirstTest(unittest.TestCase):
    def test_first_of_three(self):
        import unittest.mock

        self.assertEqual(first([1, 2, 3]), 1)

    def test_first_of_one(self):
        self.assertEqual(first([1]), 1)
