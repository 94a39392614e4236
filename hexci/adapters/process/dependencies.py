"""Dependencies that live in the operator's checkout, ignored by git; a room has none of its own."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_NAMES = (".venv", "venv", "env", "node_modules", ".tox", "vendor/bundle")


def dependencies_of(
    checkout: Path | None, room: Path, programs: Sequence[Path] = ()
) -> tuple[str, ...]:
    """Names of the checkout's folders of dependencies that `room` lacks.

    `programs` are installations that the command needs: those below the checkout are among them.
    """
    if checkout is None:
        return ()
    named = [str(p.relative_to(checkout)) for p in programs if checkout in p.parents]
    return tuple(
        name
        for name in dict.fromkeys((*_NAMES, *named))
        if (checkout / name).is_dir()
        and not (room / name).exists()
        and (name != "env" or (checkout / name / "pyvenv.cfg").exists())
    )


@contextmanager
def mount_points(
    checkout: Path | None, room: Path, programs: Sequence[Path] = ()
) -> Iterator[tuple[str, ...]]:
    """For sandboxes that mount: the room has empty folders for them while the block runs.

    They go with the block: a second run in the room would take them for the room's own.
    """
    names = dependencies_of(checkout, room, programs)
    made = []
    for name in names:
        for place in (
            *reversed([p for p in (room / name).parents if room in p.parents]),
            room / name,
        ):
            if not place.exists():
                place.mkdir()
                made.append(place)
    try:
        yield names
    finally:
        for place in reversed(made):
            with suppress(OSError):  # the program put something beside it: then it stays
                place.rmdir()


@contextmanager
def linked(
    checkout: Path | None, room: Path, programs: Sequence[Path] = ()
) -> Iterator[tuple[str, ...]]:
    """For sandboxes that cannot mount: the room has links to them while the block runs."""
    names = dependencies_of(checkout, room, programs)
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
    """Folders of `room` for those of the checkout that `names` have as editable.

    `names` are folders of the checkout, or absolute ones, with virtual environments.

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
