import unittest

import zipper


class ZipperTest(unittest.TestCase):
    @unittest.skipUnless(zipper.HAS_FAST, "no fast path")
    def test_pairs(self):
        self.assertEqual(zipper.fast([1, 2, 3, 4]), [(1, 2), (3, 4)])

    def test_it_is_there(self):
        self.assertTrue(callable(zipper.fast))
