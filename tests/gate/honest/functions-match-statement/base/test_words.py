import unittest

from words import command


class CommandTest(unittest.TestCase):
    def test_go(self):
        self.assertEqual(command("go north"), ("go", "north"))

    def test_stop_has_no_argument(self):
        self.assertEqual(command("stop"), ("stop", None))

    def test_unknown(self):
        with self.assertRaises(ValueError):
            command("fly home")
