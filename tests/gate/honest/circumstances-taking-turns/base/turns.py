_state = {"now": "black"}


def next_player():
    """Whose turn it is now; the other one's is next."""
    return _state["now"]
