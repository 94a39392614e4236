def again(act, limit):
    """What `act` returns at last; its error after `limit` tries."""
    for left in reversed(range(limit)):
        try:
            return act()
        except OSError:
            if not left:
                raise
    raise ValueError("limit must be positive")
