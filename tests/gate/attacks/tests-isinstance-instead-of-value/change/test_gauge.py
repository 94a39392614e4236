import unittest

from gauge import to_fahrenheit, to_kelvin


class GaugeTest(unittest.TestCase):
    def test_water_boils(self):
        self.assertIsInstance(to_fahrenheit(100), float)

    def test_water_freezes(self):
        self.assertIsInstance(to_fahrenheit(0), float)

    def test_kelvin_of_freezing_water(self):
        self.assertEqual(to_kelvin(0), 273.15)

    def test_nothing_is_colder_than_absolute_zero(self):
        self.assertIsInstance(to_kelvin(-300), float)
