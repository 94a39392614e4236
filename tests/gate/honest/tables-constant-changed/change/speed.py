LIGHT = 299_792_458


def seconds(metres):
    """How long light takes."""
    return metres / LIGHT
