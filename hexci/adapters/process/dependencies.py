"""Dependencies that live in the operator's checkout, ignored by git; a room has none of its own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NAMES = (".venv", "venv", "env", "node_modules", ".tox", "vendor/bundle")


def dependencies_of(checkout: Path | None, room: Path) -> tuple[str, ...]:
    """Names of the checkout's folders of dependencies that `room` lacks."""
    if checkout is None:
        return ()
    return tuple(
        name
        for name in _NAMES
        if (checkout / name).is_dir()
        and not (room / name).exists()
        and (name != "env" or (checkout / name / "pyvenv.cfg").exists())
    )


@contextmanager
def linked(checkout: Path | None, room: Path) -> Iterator[tuple[str, ...]]:
    """For sandboxes that cannot mount: the room has links to them while the block runs."""
    names = dependencies_of(checkout, room)
    for name in names:
        place = room / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(checkout / name if checkout else name)
    try:
        yield names
    finally:
        for name in names:
            if (room / name).is_symlink():
                with suppress(FileNotFoundError):
                    (room / name).unlink()


def editable_roots(checkout: Path | None, names: tuple[str, ...], room: Path) -> tuple[str, ...]:
    """Folders of `room` for those of the checkout that its dependencies `names` have as editable.

    First on PYTHONPATH they win over the checkout's own, whose files are the operator's.
    """
    if checkout is None:
        return ()
    quoted = re.compile(re.escape(str(checkout)) + r"(?=[/'\"\s]|$)[^'\"\n]*")
    roots: dict[str, None] = {}
    for name in names:
        for site in (checkout / name).glob("lib/python3*/site-packages"):
            for file in (*site.glob("*.pth"), *site.glob("__editable__*.py")):
                for found in quoted.findall(file.read_text("utf-8", "replace")):
                    below = Path(found.strip()).relative_to(checkout)
                    here = room / below
                    roots[str(here if file.suffix == ".pth" else here.parent)] = None
    return tuple(root for root in roots if Path(root).is_dir())
