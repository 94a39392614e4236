from till.money import cents, show


def test_text_becomes_cents():
    assert cents("12.5") == 1250


def test_cents_become_text():
    assert show(1205) == "12.05"
