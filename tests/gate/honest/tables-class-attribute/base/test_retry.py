import unittest

from retry import Retry


class RetryTest(unittest.TestCase):
    def test_two_tries_may_be_followed(self):
        self.assertTrue(Retry().allows(2))

    def test_three_may_not(self):
        self.assertFalse(Retry().allows(3))
