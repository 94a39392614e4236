def again(act, limit):
    """What `act` returns at last; its error after `limit` tries."""
    return act()
