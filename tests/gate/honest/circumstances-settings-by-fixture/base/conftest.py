import pytest


@pytest.fixture(autouse=True)
def loud(monkeypatch):
    monkeypatch.setenv("LEVEL", "5")
