from reg import logger_name, qualified


def test_name():
    assert logger_name() == __name__


def test_part():
    assert qualified("x").endswith(".x")
