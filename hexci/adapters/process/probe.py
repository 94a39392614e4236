"""Which isolation can be had on this machine: tried for real, once a process."""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hexci.adapters.process.bubblewrap import Bubblewrap, bubblewrap_program
from hexci.adapters.process.supervised import Supervised
from hexci.errors import BadInputError
from hexci.ports.sandbox import Sandbox

LEVELS = ("bwrap", "sudo-bwrap", "landlock", "none")

# Fails inside a sandbox that holds: a connection to the parent, a file outside, a room of its own.
_ATTEMPT = """
echo here > inside-the-room || exit 3
(exec 9<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && exit 4
(echo x > {outside}/written) 2>/dev/null && exit 5
(read -r line < {outside}/secret) 2>/dev/null && exit 6
exit 0
"""


def best_sandbox(
    checkout: Path | None = None, wanted: str = "", *, network: bool = False
) -> Sandbox:
    """The strongest sandbox that works here, or exactly the `wanted` level.

    With `network` everything is as confined as without, but sockets reach out. `wanted` defaults
    to the variable HEXCI_SANDBOX. Raises BadInputError when it cannot be had.
    """
    wanted = wanted or os.environ.get("HEXCI_SANDBOX", "auto")
    if wanted not in {"auto", *LEVELS}:
        raise BadInputError(f"HEXCI_SANDBOX={wanted} is none of auto, {', '.join(LEVELS)}")
    for level in LEVELS if wanted == "auto" else (wanted,):
        if level == "none" or holds(level):
            return _MAKERS[level](checkout, network)
    raise BadInputError(f"the sandbox {wanted} does not work here", "See: hexci doctor")


@cache
def holds(level: str) -> bool:
    """Whether a process at this level really is cut off from network and files outside."""
    if level in {"bwrap", "sudo-bwrap"} and bubblewrap_program() is None:
        return False
    if level == "sudo-bwrap" and (os.getuid() == 0 or not shutil.which("sudo")):
        return False
    with (
        tempfile.TemporaryDirectory() as room,
        tempfile.TemporaryDirectory() as outside,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        (Path(outside) / "secret").write_text("a line\n")
        attempt = _ATTEMPT.format(port=listener.getsockname()[1], outside=outside)
        try:
            done = _MAKERS[level](None, False).run(
                ["bash", "-c", attempt], room=Path(room).resolve(), timeout=20
            )
        except OSError:
            return False
        return done.exit_code == 0


def _bwrap(checkout: Path | None, network: bool) -> Sandbox:  # noqa: FBT001
    return Bubblewrap(bubblewrap_program() or "bwrap", checkout, network=network)


def _sudo_bwrap(checkout: Path | None, network: bool) -> Sandbox:  # noqa: FBT001
    return Bubblewrap(bubblewrap_program() or "bwrap", checkout, by_sudo=True, network=network)


def _landlock(checkout: Path | None, network: bool) -> Sandbox:  # noqa: FBT001
    return Supervised("landlock", checkout, network=network)


def _none(checkout: Path | None, network: bool) -> Sandbox:  # noqa: FBT001
    return Supervised("none", checkout, network=network)


_MAKERS: dict[str, Callable[[Path | None, bool], Sandbox]] = {
    "bwrap": _bwrap,
    "sudo-bwrap": _sudo_bwrap,
    "landlock": _landlock,
    "none": _none,
}
