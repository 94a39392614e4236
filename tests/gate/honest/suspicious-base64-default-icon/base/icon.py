import base64

DOT = ""


def dot():
    """A GIF of one dot."""
    return base64.b64decode(DOT)
