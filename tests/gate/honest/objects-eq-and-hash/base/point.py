class Point:
    """A place on a grid."""

    def __init__(self, x, y):
        self.x = x
        self.y = y
