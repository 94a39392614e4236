"""Who asks for a run from the command line."""

import getpass
import os
import uuid

from hexci.adapters.machine.clock import SystemClock
from hexci.domain.plan import Event


def argv_event() -> Event:
    """An event for this call of the command line; its id is new each time."""
    return Event(f"argv-{uuid.uuid4()}", "argv", _actor(), SystemClock().now())


def _actor() -> str:
    named = os.environ.get("GITHUB_ACTOR", "")
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user, as in a container with an arbitrary uid
        return f"uid-{os.getuid()}"
