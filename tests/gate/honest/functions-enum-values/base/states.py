def next_state(state):
    """What follows open and closed."""
    return {"open": "closed", "closed": "opened"}[state]
