import unittest

from flags import Flags, switched


class FlagsTest(unittest.TestCase):
    def test_inside_and_after(self):
        with switched("fast", True):
            self.assertTrue(Flags.fast)
        self.assertFalse(Flags.fast)

    def test_default(self):
        self.assertIn(Flags.fast, (True, False))
