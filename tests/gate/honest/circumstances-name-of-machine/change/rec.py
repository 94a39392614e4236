import socket


def origin(n):
    """host:n."""
    return f"{socket.gethostname()}:{n}"
