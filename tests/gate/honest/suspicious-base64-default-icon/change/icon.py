import base64

DOT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def dot():
    """A GIF of one dot."""
    return base64.b64decode(DOT)
