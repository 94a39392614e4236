"""The environment of untrusted processes: an allow list, and scratch folders of their own."""

import os
from collections.abc import Mapping
from pathlib import Path

# Everything else of the parent's environment stays with the parent: tokens above all.
_ALLOWED = ("PATH", "LANG", "LANGUAGE", "TZ", "LC_ALL", "LC_CTYPE", "VIRTUAL_ENV", "JAVA_HOME",
            "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "GOROOT", "PYENV_ROOT",
            "PYENV_VERSION", "NVM_DIR")  # fmt: skip


def scrubbed(scratch: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The allow list, HOME and TMPDIR below `scratch`, and `more` over it."""
    home, temporary = scratch / "home", scratch / "tmp"
    for folder in (home, temporary):
        folder.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in _ALLOWED if name in os.environ}
    kept.setdefault("LANG", "C.UTF-8")
    toolchains = Path.home() / ".rustup"
    if toolchains.is_dir():  # found through HOME, which is another one in there
        kept.setdefault("RUSTUP_HOME", str(toolchains))
    return {
        **kept,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "TERM": "dumb",
        "PYTHONDONTWRITEBYTECODE": "1",
        **(more or {}),
    }
