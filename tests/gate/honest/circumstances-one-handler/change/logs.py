import logging


def configure():
    """Gives the root logger a handler; how many it has then."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())
    return len(root.handlers)
