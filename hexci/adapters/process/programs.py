"""Programs that a command names by path, and the installations these need to run."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from hexci.adapters.process.places import is_shown, root_of

_SHELLS = {"bash", "sh", "dash", "zsh"}
# What may be a path in a shell line; a word that is none names no executable file.
_PATH = re.compile(r"[^\s'\"=:;&|()<>`$]*/[^\s'\"=:;&|()<>`$]+")
_HOME = re.compile(r"^\s*home\s*=\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_INTERPRETERS = ("python3", "python", "pypy3", "pypy")
_MOST_LINKS = 40
# A home that programs were installed into shows these, and nothing else that is in it.
_SIGNS_OF_A_HOME = (".ssh", ".bashrc", ".profile", ".config", ".gnupg", "share/keyrings")
_PARTS = ("bin", "shims", "lib", "lib64", "libexec", "include", "versions", "pyvenv.cfg")


def installations_of(argv: Sequence[str], checkout: Path | None) -> tuple[Path, ...]:
    """Places outside what is always shown that the programs of `argv` need to be read.

    Only the program itself is looked at, and for a shell its line: other arguments may be
    anybody's text. Relative paths mean the operator's `checkout`. A virtual environment brings
    the Python that it was made from, a script its interpreter, a link what it leads to.
    """
    found: dict[Path, None] = {}
    waiting = [*_named(argv, checkout)]
    seen: set[Path] = set()
    while waiting:
        program = waiting.pop()
        if program in seen or len(seen) > _MOST_LINKS or not program.is_file():
            continue
        seen.add(program)
        root = root_of(program.parent)
        found |= dict.fromkeys(_to_show(program, root))
        waiting += [*_led_to(program), *_made_from(root)]
    return tuple(sorted(found))


def _named(argv: Sequence[str], checkout: Path | None) -> Iterator[Path]:
    words = [argv[0]]
    if Path(argv[0]).name in _SHELLS and "-c" in argv[:-1]:
        words += _PATH.findall(argv[list(argv).index("-c") + 1])
    for word in words:
        place = Path(word)
        if checkout is not None and "/" in word:
            place = checkout / place
        if place.is_absolute() and os.access(place, os.X_OK) and place.is_file():
            yield Path(os.path.normpath(place))


def _led_to(program: Path) -> Iterator[Path]:
    """The next hop of a link, and the interpreter of a script."""
    if program.is_symlink():
        yield Path(os.path.normpath(program.parent / program.readlink()))
        return
    with suppress(OSError), program.open("rb") as source:
        first = source.readline(500)
        words = first[2:].split() if first.startswith(b"#!") else []
        if words:
            yield Path(os.fsdecode(words[0]))


def _made_from(root: Path) -> Iterator[Path]:
    """The Python that a virtual environment was made from."""
    with suppress(OSError):
        text = (root / "pyvenv.cfg").read_text("utf-8", "replace")
        for home in _HOME.findall(text):
            yield from (Path(home) / name for name in _INTERPRETERS)


def _to_show(program: Path, root: Path) -> Iterator[Path]:
    """The installation, its parts, or where it is in none the program alone."""
    home = Path.home()
    wide = (Path("/"), Path("/home"), Path("/tmp"), *home.parents)  # noqa: S108
    if is_shown(program):
        return
    if root == program.parent or root in wide:
        yield program
    elif root == home or any((root / sign).exists() for sign in _SIGNS_OF_A_HOME):
        yield from (root / part for part in _PARTS if (root / part).exists())
    else:
        yield root
