from pathlib import Path

from report import report


def test_the_report_is_as_expected():
    expected = (Path(__file__).parent / "data" / "expected.csv").read_text()
    assert report([("tea", 2), ("cup", 3)]) == expected


def test_an_empty_report_has_a_header():
    assert report([]).startswith("name,pieces\n")
