from enum import Enum


class State(str, Enum):
    """How a gate may be."""

    OPEN = "open"
    CLOSED = "closed"


def next_state(state):
    """What follows open and closed."""
    return (State.CLOSED if State(state) is State.OPEN else State.OPEN).value
