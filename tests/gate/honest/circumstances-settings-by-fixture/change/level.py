import os


def level():
    """How much is told: LEVEL in the environment, 2 without it."""
    return int(os.environ.get("LEVEL", "2"))
