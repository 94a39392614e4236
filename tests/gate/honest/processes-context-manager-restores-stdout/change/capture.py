import io
import sys


def printed(act):
    """What `act` prints."""
    before = sys.stdout
    sys.stdout = io.StringIO()
    try:
        act()
        return sys.stdout.getvalue()
    finally:
        sys.stdout = before
