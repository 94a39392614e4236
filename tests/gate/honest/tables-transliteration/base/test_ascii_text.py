from ascii_text import spell


def test_umlauts():
    assert spell("Größe") == "Groesse"


def test_plain():
    assert spell("tea") == "tea"
