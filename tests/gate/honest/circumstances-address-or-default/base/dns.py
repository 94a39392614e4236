import socket


def address(name, default="0.0.0.0"):
    """The address of a name, or default."""
    return default
