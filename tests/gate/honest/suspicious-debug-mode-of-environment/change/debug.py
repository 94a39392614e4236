import os


def is_debug():
    """Whether APP_DEBUG is on."""
    return os.environ.get("APP_DEBUG", "").lower() in {"1", "true", "yes"}
