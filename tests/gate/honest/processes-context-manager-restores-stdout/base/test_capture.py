import unittest

from capture import printed


class CaptureTest(unittest.TestCase):
    def test_text(self):
        self.assertEqual(printed(lambda: print("a")), "a\n")

    def test_silence(self):
        self.assertEqual(printed(lambda: None), "")
