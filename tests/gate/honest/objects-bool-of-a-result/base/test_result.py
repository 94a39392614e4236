import unittest

from result import Result


class ResultTest(unittest.TestCase):
    def test_no_problem_is_true(self):
        self.assertTrue(Result([]))

    def test_a_problem_is_false(self):
        self.assertFalse(Result(["x"]))
