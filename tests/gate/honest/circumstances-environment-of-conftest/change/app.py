import os


def url(path):
    """The address of a path at APP_HOST."""
    return "http://" + os.environ.get("APP_HOST", "localhost") + "/" + path.lstrip("/")
