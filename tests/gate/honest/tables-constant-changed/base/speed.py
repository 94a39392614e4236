LIGHT = 299_792_485


def seconds(metres):
    """How long light takes."""
    return metres / LIGHT
