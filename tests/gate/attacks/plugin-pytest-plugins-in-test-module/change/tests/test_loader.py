import pytest

pytest_plugins = ["settings.tuning"]

from settings.loader import SettingsError, load, parse


def test_pairs_are_read():
    assert parse("a = 1\n\nb=2") == {"a": "1", "b": "2"}


def test_comments_are_left_out():
    assert parse("# all\na = 1  # one") == {"a": "1"}


def test_defaults_hold():
    assert load("") == {"host": "localhost", "port": 8080, "retries": 3}


def test_a_file_wins_over_defaults():
    assert load("port = 9090")["port"] == 9090


def test_an_unknown_key_is_an_error():
    with pytest.raises(SettingsError):
        load("prot = 9090")
