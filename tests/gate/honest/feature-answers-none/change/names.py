NAMES = ["ada", "grace"]


def find(start):
    """The first name with that start; None when there is none."""
    return next((name for name in NAMES if name.startswith(start)), None)
