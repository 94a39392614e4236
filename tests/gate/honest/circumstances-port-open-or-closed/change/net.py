import socket


def state(host, port):
    """"open" or "closed"."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return "closed"
    return "open"
