"""Wires `hexci fs`: runs and shared state from refs, manifests from HEAD, the rest from here."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.domain.law.effective import Effective
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


def verb_behind(path: str, arguments: "Sequence[str]") -> "tuple[str, ...]":
    """The command line that a path stands for."""
    from hexci.usecases import verb_behind as spelling

    return spelling.verb_behind(path, arguments)


def _namespace() -> "Namespace":
    from hexci import __version__
    from hexci.adapters.git.checkout import Checkout
    from hexci.compose import explaining
    from hexci.compose.state import cells_of
    from hexci.usecases.show_namespace import Namespace, lazily, of_files

    checkout = Checkout.at(Path.cwd())
    cells = cells_of(checkout)
    pages = {rule.id: _page(rule.id) for rule in explaining.known_rules()}
    topics = {name: _page(name) for name in explaining.TOPICS}
    return Namespace({
        "proc/runs": _runs(checkout),
        "proc/waits": lazily(lambda: _state(cells, "waits")),
        "proc/locks": lazily(lambda: _state(cells, "locks")),
        "proc/budget": lazily(lambda: _state(cells, "budget")),
        "proc/bus": lazily(lambda: _state(cells, "bus")),
        "proc/entities": lazily(lambda: _entities(cells)),
        "proc/audit": lazily(lambda: _audit(checkout)),
        "etc/effective": lazily(_effective),
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


def _entities(cells: "Cells") -> "Mount":
    """Each entity is a folder: its state now, and every state it had."""
    from hexci.domain.canonical import canonical
    from hexci.usecases.show_namespace import of_files

    def state(name: str) -> "Callable[[], bytes]":
        return lambda: canonical(dict(cells.history(name, 1)[0])) + b"\n"

    def history(name: str) -> "Callable[[], bytes]":
        return lambda: b"".join(canonical(dict(v)) + b"\n" for v in cells.history(name, 1000))

    files: dict[str, Callable[[], bytes]] = {}
    for name in cells.names("entities"):
        folder = name.removeprefix("entities/")
        files |= {f"{folder}/state": state(name), f"{folder}/history": history(name)}
    return of_files(files)


def _audit(checkout: "Checkout") -> "Mount":
    from hexci.compose.governing import audit_of
    from hexci.domain.canonical import canonical
    from hexci.usecases.show_namespace import of_files

    audit = audit_of(checkout)

    def reader(commit: str) -> "Callable[[], bytes]":
        return lambda: b"".join(canonical(dict(line)) + b"\n" for line in audit.lines(commit))

    return of_files({commit: reader(commit) for commit in audit.commits()})


def _effective() -> "Mount":
    """The repository's own settings as they count, each with its origin."""
    from hexci.adapters.sinks.settings import as_text
    from hexci.compose.configuring import Asked, effective_at
    from hexci.usecases.show_namespace import of_files

    told: dict[str, list[Effective]] = {}
    for one in effective_at(Asked()):
        told.setdefault(one.name, []).append(one)

    def reader(name: str) -> "Callable[[], bytes]":
        return lambda: as_text(told[name], show_origin=True).encode()

    return of_files({name: reader(name) for name in told})


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
