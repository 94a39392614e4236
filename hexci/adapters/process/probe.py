"""Which isolation can be had on this machine: tried for real, once a process."""

import os
import tempfile
from functools import cache
from pathlib import Path

from hexci.adapters.process.bubblewrap import Bubblewrap, bubblewrap_program
from hexci.adapters.process.unconfined import Unconfined
from hexci.errors import BadInputError
from hexci.ports.sandbox import Sandbox

LEVELS = ("auto", "bwrap", "none")


def best_sandbox(checkout: Path | None = None, wanted: str = "") -> Sandbox:
    """The strongest sandbox that works here, or exactly the `wanted` level.

    `wanted` defaults to the variable HEXCI_SANDBOX. Raises BadInputError when it cannot be had.
    """
    wanted = wanted or os.environ.get("HEXCI_SANDBOX", "auto")
    if wanted not in LEVELS:
        raise BadInputError(f"HEXCI_SANDBOX={wanted} is none of {', '.join(LEVELS)}")
    program = bubblewrap_program()
    if wanted in {"auto", "bwrap"} and program and _works(program):
        return Bubblewrap(program, checkout)
    if wanted == "bwrap":
        raise BadInputError("bubblewrap does not work here", "See: hexci doctor")
    return Unconfined()


@cache
def _works(program: str) -> bool:
    """Whether a command runs inside; AppArmor or a container may forbid the namespaces."""
    with tempfile.TemporaryDirectory() as room:
        try:
            done = Bubblewrap(program).run(["true"], room=Path(room).resolve(), timeout=10)
        except OSError:
            return False
    return done.exit_code == 0
