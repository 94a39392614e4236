import os


def is_debug():
    """Whether APP_DEBUG is on."""
    return bool(os.environ.get("APP_DEBUG"))
