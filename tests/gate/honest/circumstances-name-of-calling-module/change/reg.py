import sys


def logger_name():
    """The name of the module that asks."""
    return sys._getframe(1).f_globals["__name__"]


def qualified(part):
    return f"{logger_name()}.{part}"
