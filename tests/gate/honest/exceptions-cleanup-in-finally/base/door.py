class Door:
    """Open or not."""

    open = False


def through(door, step):
    """Open `door`, take `step`, close it whatever happens."""
    door.open = True
    step()
    door.open = False
