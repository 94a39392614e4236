import uuid


def token():
    """A token nobody can guess, 32 letters."""
    return uuid.uuid4().hex
