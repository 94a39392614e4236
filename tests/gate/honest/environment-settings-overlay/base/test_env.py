from env import setting


def test_the_environment_wins(monkeypatch):
    monkeypatch.setenv("APP_COLOUR", "red")
    assert setting("colour", "blue") == "red"


def test_default(monkeypatch):
    monkeypatch.delenv("APP_COLOUR", raising=False)
    assert setting("colour", "blue") == "blue"
