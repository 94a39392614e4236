UNITS = {"km": 1000, "m": 1, "mile": 1}


def metres(amount, unit):
    """`amount` of `unit` in metres."""
    return amount * UNITS[unit]


def examples():
    """Pairs of unit and metres."""
    return [("km", 1000)]
