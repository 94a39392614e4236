import os
from conf import config_dir


def test_home(monkeypatch):
    monkeypatch.setenv("HOME", "/h")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert config_dir("x") == "/h/.config/x"


def test_xdg(monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/cfg")
    assert config_dir("x") == "/cfg/x"


def test_name():
    assert config_dir("x").endswith("x")
