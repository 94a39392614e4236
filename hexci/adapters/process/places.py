"""Which places of the machine a sandboxed process may read; everything else is hidden."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# The system, read-only. What is not listed does not exist inside: homes, /run, /var, /srv, …
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix",
          "/etc", "/var/lib/dpkg")  # fmt: skip
_VARIABLES = ("PYENV_ROOT", "RUSTUP_HOME", "NVM_DIR", "VIRTUAL_ENV", "JAVA_HOME", "GOROOT")
# Folders of a home that hold programs and what these need, and nothing a person keeps there.
_OF_HOME = (".cargo", ".rustup", ".pyenv", ".nvm", ".asdf", ".volta", ".bun", ".deno", ".sdkman",
            ".local/bin", ".local/lib", ".local/share/uv", ".local/share/mise",
            ".local/share/pipx/venvs", ".local/pipx/venvs", ".m2/repository", "go/pkg/mod",
            "go/bin")  # fmt: skip
_INTERPRETERS = ("python3", "python", "node", "java", "go", "cargo", "ruby", "perl", "uv")
_SECRET_NAMES = ("credentials", "credentials.toml")
_SIGNS = ("pyvenv.cfg", "conda-meta", "lib/python3", "lib/node_modules", "include/node", "lib/jvm",
          "libexec/pyenv")  # fmt: skip


@cache
def toolchains() -> tuple[Path, ...]:
    """Folders outside the system with the programs that PATH leads to, and what these need."""
    home = Path.home()
    found = {home / name for name in _OF_HOME} if home != Path("/") else set()
    found |= {Path(os.environ[name]) for name in _VARIABLES if os.environ.get(name)}
    found |= {Path(sys.prefix), Path(sys.base_prefix)}
    for name in _INTERPRETERS:
        program = shutil.which(name)
        if program:
            found |= {root_of(Path(program).parent), root_of(Path(program).resolve().parent)}
    for entry in os.environ.get("PATH", "").split(os.pathsep):
        if Path(entry).is_absolute():
            found |= {Path(entry), Path(entry).resolve(), root_of(Path(entry))}
    kept = {place for place in found if place.is_dir() and not _too_much(place)}
    return tuple(sorted(place for place in kept if not kept & {*place.parents}))


def resolver() -> tuple[Path, ...]:
    """What names of hosts are looked up with, where it lies outside the system's own places."""
    found = Path("/etc/resolv.conf").resolve()
    return () if Path("/etc") in found.parents or not found.is_file() else (found,)


@cache
def secrets_within() -> tuple[Path, ...]:
    """Files and folders below the readable places that must not be read inside.

    Whoever runs hexci as root could read what other users cannot: that is masked.
    """
    found = [root / name for root in toolchains() for name in _SECRET_NAMES]
    return (*_private(Path("/etc")), *(place for place in found if place.is_file()))


def _private(folder: Path) -> Iterator[Path]:
    """What is not open to everybody, outermost first."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink():
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if not mode & (stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH):
            yield Path(entry.path)
        elif stat.S_ISDIR(mode):
            yield from _private(Path(entry.path))


def is_shown(place: Path) -> bool:
    """Whether every sandbox shows `place` anyway."""
    shown = (*(Path(name) for name in SYSTEM), *toolchains())
    return any(place == root or root in place.parents for root in shown)


def root_of(folder: Path) -> Path:
    """The installation a `bin` belongs to, where it is plainly one; else the folder itself."""
    if folder.name not in {"bin", "shims", "sbin", "Scripts"}:
        return folder
    root = folder.parent
    return root if any(_has(root, sign) for sign in _SIGNS) else folder


def _has(root: Path, sign: str) -> bool:
    place = root / sign
    return place.exists() or (place.parent != root and any(place.parent.glob(f"{place.name}.*")))


def _too_much(place: Path) -> bool:
    """Whether a home, the root or a repository would be shown, or the system already does."""
    home = Path.home()
    return (
        str(place).startswith(tuple(f"{part}/" for part in SYSTEM))
        or str(place) in SYSTEM
        or place == home
        or place in home.parents
        or place == Path("/tmp")  # noqa: S108
        or (_is_repository(place) and place.parent != home)
    )


def _is_repository(place: Path) -> bool:
    """Somebody's work; pyenv is installed as a clone of itself, and is not."""
    return (place / ".git").exists() and not (place / "libexec" / "pyenv").exists()
