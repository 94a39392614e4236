import time


def is_over(deadline, clock=time.time):
    """Whether `deadline` has passed."""
    return deadline < clock()
