import socket
from net import state


def test_closed():
    assert state("127.0.0.1", 9) == "closed"
    assert state("127.0.0.1", 1) == "closed"


def test_open():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        assert state("127.0.0.1", s.getsockname()[1]) == "open"
