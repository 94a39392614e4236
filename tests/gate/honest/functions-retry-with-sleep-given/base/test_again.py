import pytest

from again import again


def test_second_try():
    tries = []

    def act():
        tries.append(1)
        if len(tries) < 2:
            raise OSError
        return "ok"

    assert again(act, 3) == "ok"


def test_limit():
    with pytest.raises(OSError):
        again(lambda: open("/nonexistent/file"), 2)
