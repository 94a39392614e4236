import warnings


def warnings_of(act):
    """How many warnings `act` raises."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        act()
    return len(seen)
