"""The environment of untrusted processes: an allow list, and scratch folders of their own."""

import os
from collections.abc import Mapping
from pathlib import Path

# Everything else of the parent's environment stays with the parent: tokens above all. Nothing
# here tells a program that it is being judged (no CI, no variable of ours).
_ALLOWED = ("PATH", "LANG", "LANGUAGE", "TZ", "LC_ALL", "LC_CTYPE", "VIRTUAL_ENV", "JAVA_HOME",
            "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "GOROOT", "GOMODCACHE", "PYENV_ROOT",
            "PYENV_VERSION", "NVM_DIR")  # fmt: skip
# Where tools look below HOME, which is empty inside: told by variable instead.
_BELOW_HOME = {
    "CARGO_HOME": ".cargo",
    "RUSTUP_HOME": ".rustup",
    "PYENV_ROOT": ".pyenv",
    "GOMODCACHE": "go/pkg/mod",
}
# There is no network: tools that ask for it should say so at once.
_OFFLINE = {
    "CARGO_NET_OFFLINE": "true",
    "UV_OFFLINE": "1",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
}


def scrubbed(
    scratch: Path,
    more: Mapping[str, str] | None = None,
    *,
    home: str = "",
    temporary: str = "",
    network: bool = False,
) -> dict[str, str]:
    """The allow list, HOME and TMPDIR below `scratch`, and `more` over it.

    `home` and `temporary` are where processes see those two folders, if not where they are.
    """
    for name in ("home", "tmp"):
        (scratch / name).mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in _ALLOWED if name in os.environ}
    for name, place in _BELOW_HOME.items():
        if name not in kept and (Path.home() / place).is_dir():
            kept[name] = str(Path.home() / place)
    kept.setdefault("LANG", "C.UTF-8")
    return {
        **kept,
        **({} if network else _OFFLINE),
        "HOME": home or str(scratch / "home"),
        "TMPDIR": temporary or str(scratch / "tmp"),
        "TERM": "dumb",
        "PYTHONDONTWRITEBYTECODE": "1",
        **(more or {}),
    }
