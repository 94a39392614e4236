from icon import dot


def test_it_is_a_gif():
    assert dot()[:3] == b"GIF"


def test_bytes():
    assert isinstance(dot(), bytes)
