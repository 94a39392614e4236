from debug import is_debug


def test_zero_is_off(monkeypatch):
    monkeypatch.setenv("APP_DEBUG", "0")
    assert not is_debug()


def test_one_is_on(monkeypatch):
    monkeypatch.setenv("APP_DEBUG", "1")
    assert is_debug()
