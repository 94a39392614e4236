import os


def lock_name(name):
    """A file name for this process: name-PID.lock."""
    return f"{name}-{os.getpid()}.lock"
