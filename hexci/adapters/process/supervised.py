"""Isolation without namespaces: a supervisor that ends what it started, and maybe Landlock."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path, PurePath

from hexci.adapters.process.bounded import run_bounded
from hexci.adapters.process.caps import Caps
from hexci.adapters.process.dependencies import editable_roots, linked
from hexci.adapters.process.environment import scrubbed
from hexci.adapters.process.places import SYSTEM, resolver, secrets_within, toolchains
from hexci.adapters.process.programs import installations_of
from hexci.ports.sandbox import Finished

_ENCLOSE = Path(__file__).parent / "inside" / "enclose.py"
# What programs expect to write to. /dev/shm is where Python's multiprocessing keeps its locks.
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/shm")  # noqa: S108
# Not all of /proc: Landlock stops nobody from reading the environment of other processes there.
_READ_TOO = (
    *(f"/proc/{name}" for name in ("self", "cpuinfo", "meminfo", "stat", "loadavg", "uptime",
                                   "version", "filesystems", "sys")),
    "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/random", "/dev/urandom",
)  # fmt: skip


class Supervised:
    """Runs processes below a supervisor, confined by Landlock and seccomp or (`none`) not at all.

    Landlock hides files, seccomp every socket but local ones. Neither keeps code from local
    sockets outside the room, or from changing modes and times of files that this user owns. At
    `none` code runs as this user, with its network and files: it is said loudly wherever it is
    used. Folders of dependencies in `checkout` are linked into the room while it runs, and its
    editable installs are led to the room by PYTHONPATH.
    """

    def __init__(
        self,
        level: str = "none",
        checkout: Path | None = None,
        *,
        caps: Caps | None = None,
        network: bool = False,
    ) -> None:
        self.level = level
        self._checkout = checkout
        self._caps = caps or Caps()
        self._network = network

    def seen_as(self, room: PurePath) -> PurePath:
        """Its own path."""
        return room

    def run(  # noqa: PLR0913
        self,
        argv: Sequence[str],
        *,
        room: PurePath,
        timeout: float,
        environment: Mapping[str, str] | None = None,
        writable: Sequence[PurePath] = (),
        output_limit: int = 1_000_000,
    ) -> Finished:
        """Runs `argv` in `room`."""
        programs = installations_of(argv, self._checkout)
        with (
            tempfile.TemporaryDirectory(
                prefix=f"hexci-{os.getpid()}-scratch-", ignore_cleanup_errors=True
            ) as name,
            linked(self._checkout, Path(room), programs) as links,
        ):
            scratch = Path(name).resolve()
            variables = scrubbed(scratch, environment, network=self._network)
            roots = editable_roots(self._checkout, (*links, *map(str, programs)), Path(room))
            if roots:
                variables["PYTHONPATH"] = os.pathsep.join(
                    [*filter(None, [variables.get("PYTHONPATH")]), *roots]
                )
            orders: dict[str, object] = {"limits": self._limits(), "landlock": None}
            if self.level == "landlock":
                orders["landlock"] = {
                    "network": self._network,
                    "read": [
                        *_readable(),
                        *(str(p) for p in (resolver() if self._network else ())),
                        *(f"{self._checkout}/{n}" for n in links),
                        *map(str, programs),
                    ],
                    "write": [str(p) for p in (room, scratch, *writable)] + [*_DEVICES],
                }
            try:
                return run_bounded(
                    [sys.executable, "-I", "-S", str(_ENCLOSE), json.dumps(orders), "--", *argv],
                    folder=room,
                    environment=variables,
                    timeout=timeout,
                    output_limit=output_limit,
                    polite=True,
                )
            finally:
                _end_marked(f"TMPDIR={variables['TMPDIR']}".encode())

    def _limits(self) -> dict[str, int]:
        """The kernel counts all processes of the user: the run's share comes on top of them."""
        limits = asdict(self._caps)
        limits["processes"] = self._caps.processes + _threads_of_user()
        return limits


def _readable() -> list[str]:
    """Landlock has no exceptions: a folder that holds a secret is allowed entry by entry."""
    secrets = {*secrets_within()}
    places: list[str] = []
    wave = [*(Path(p) for p in SYSTEM), *toolchains()]
    while wave:
        place = wave.pop()
        if place in secrets:
            continue
        if any(place in secret.parents for secret in secrets):
            wave += place.iterdir()
        else:
            places.append(str(place))
    return [*places, *_READ_TOO]


def _threads_of_user() -> int:
    count = 0
    for process in Path("/proc").glob("[0-9]*/task"):
        with suppress(OSError):
            if process.stat().st_uid == os.getuid():
                count += len(os.listdir(process))  # noqa: PTH208 - names only, there are many
    return count


def _end_marked(mark: bytes) -> None:
    """Ends what outlived its supervisor: processes that still carry the run's own TMPDIR."""
    for process in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in process.read_bytes().split(b"\0"):
                os.kill(int(process.parent.name), signal.SIGKILL)
