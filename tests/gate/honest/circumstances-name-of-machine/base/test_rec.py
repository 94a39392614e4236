import socket
from rec import origin


def test_origin():
    assert origin(4) == f"{socket.gethostname()}:4"


def test_colon():
    assert origin(5).endswith(":5")
