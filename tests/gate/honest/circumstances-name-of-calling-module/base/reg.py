import sys


def logger_name():
    """The name of the module that asks."""
    return __name__


def qualified(part):
    return f"{logger_name()}.{part}"
