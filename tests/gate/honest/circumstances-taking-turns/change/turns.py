_state = {"now": "black"}


def next_player():
    """Whose turn it is now; the other one's is next."""
    _state["now"] = "white" if _state["now"] == "black" else "black"
    return _state["now"]
