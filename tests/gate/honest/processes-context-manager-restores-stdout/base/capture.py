import io
import sys


def printed(act):
    """What `act` prints."""
    act()
    return ""
