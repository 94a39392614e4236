from store import load, save


def test_save(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert save("a", "x").read_text() == "x"
    assert load("a") == "x"


def test_again(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    save("b", "1")
    save("b", "2")
    assert load("b") == "2"
