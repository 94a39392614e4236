import unittest

from fetching import fetch_all


async def upper(name):
    return name.upper()


class FetchTest(unittest.TestCase):
    def test_all(self):
        self.assertEqual(fetch_all(upper, ["a", "b"]), ["A", "B"])

    def test_none(self):
        self.assertEqual(fetch_all(upper, []), [])
