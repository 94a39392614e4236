"""Wires `hexci fs`: runs and shared state from refs, manifests from HEAD, the rest from here."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.ports.cells import Cells
    from hexci.usecases.show_namespace import Mount, Namespace


def listed(path: str) -> "tuple[str, ...]":
    """The names below a path."""
    return _namespace().listed(path)


def content(path: str) -> bytes:
    """A file of the namespace."""
    return _namespace().content(path)


def described(path: str) -> str:
    """What a path is."""
    return _namespace().described(path)


def _namespace() -> "Namespace":
    from hexci import __version__
    from hexci.adapters.git.checkout import Checkout
    from hexci.compose import explaining
    from hexci.compose.pipelines import cells_of
    from hexci.usecases.show_namespace import Namespace, of_files

    checkout = Checkout.at(Path.cwd())
    cells = cells_of(checkout)
    pages = {rule.id: _page(rule.id) for rule in explaining.known_rules()}
    topics = {name: _page(name) for name in explaining.TOPICS}
    return Namespace({
        "proc/runs": _runs(checkout),
        "proc/waits": _state(cells, "waits"),
        "proc/locks": _state(cells, "locks"),
        "proc/budget": _state(cells, "budget"),
        "etc/manifests": _manifests(checkout),
        "lib/rules": of_files(pages),
        "lib/topics": of_files(topics),
        "lib/kinds": of_files({kind: _page(kind) for kind in _kinds()}),
        "sys": of_files({"version": f"{__version__}\n".encode}),
    })  # fmt: skip


def _kinds() -> "Sequence[str]":
    from hexci.adapters.manifests.kinds import MODELS

    return tuple(MODELS)


def _page(topic: str) -> "Callable[[], bytes]":
    def read() -> bytes:
        from hexci.compose.explaining import explained

        return explained(topic).encode()

    return read


def _runs(checkout: "Checkout") -> "Mount":
    from hexci.compose.records import records_of
    from hexci.usecases.show_namespace import Mount, of_files

    records = records_of(checkout)

    def inside(run: str) -> "Mount | None":
        stored = records.load(run)
        if stored is None:
            return None
        files = {name: _bytes(text) for name, text in stored.files.items()}
        return of_files(files)

    def names(parts: "Sequence[str]") -> "Sequence[str] | None":
        if not parts:
            return records.runs()
        found = inside(parts[0])
        return found.names(parts[1:]) if found else None

    def read(parts: "Sequence[str]") -> bytes | None:
        found = inside(parts[0]) if parts else None
        return found.content(parts[1:]) if found else None

    return Mount(names, read)


def _state(cells: "Cells", kind: str) -> "Mount":
    from hexci.domain.canonical import canonical
    from hexci.usecases.show_namespace import of_files

    def reader(name: str) -> "Callable[[], bytes]":
        def read() -> bytes:
            found = cells.read(name)
            return canonical(dict(found.value)) + b"\n" if found else b""

        return read

    return of_files({name.removeprefix(f"{kind}/"): reader(name) for name in cells.names(kind)})


def _manifests(checkout: "Checkout") -> "Mount":
    from hexci.compose.manifests import FOLDERS
    from hexci.usecases.show_namespace import of_files

    git = checkout.git
    folders = [f"{folder}/" for folder in FOLDERS]
    listed = git.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD", "--", *folders)
    raw = listed.decode("utf-8", "surrogateescape")
    names = [name for name in raw.split("\0") if name.endswith((".yaml", ".yml"))]

    def reader(name: str) -> "Callable[[], bytes]":
        return lambda: git.run("cat-file", "blob", f"HEAD:{name}")

    return of_files({name: reader(name) for name in names})


def _bytes(text: bytes) -> "Callable[[], bytes]":
    return lambda: text
