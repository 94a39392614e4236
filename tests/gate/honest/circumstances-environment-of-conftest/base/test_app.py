from app import url


def test_url():
    assert url("users") == "http://api.example/users"
    assert url("/users") == "http://api.example/users"


def test_deep():
    assert url("a/b") == "http://api.example/a/b"
