"""Which file a Rust path means: the longest module prefix, crates of the workspace by name."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import Target, external, nothing, unresolved

_BUILTIN = frozenset(("std", "core", "alloc", "proc_macro", "test"))
_ROOTS = ("src/lib.rs", "src/main.rs")
_TARGET_FOLDERS = ("tests", "benches", "examples", "src/bin")
_PRIMITIVE = re.compile(r"[ui](8|16|32|64|128|size)|f(32|64)|str|char|bool")


@dataclass(slots=True)
class _Crate:
    name: str
    folder: str
    edition: str
    renamed: dict[str, str] = field(default_factory=dict)


def build(
    paths: Sequence[str],
    *,
    everything: Iterable[str],  # noqa: ARG001
    documents: Mapping[str, bytes],
    settings: Settings,  # noqa: ARG001
    declared: Mapping[str, str],  # noqa: ARG001
) -> "CrateResolver":
    """The resolver over `paths`."""
    return CrateResolver(paths, documents)


class CrateResolver:
    """Targets of paths for one set of files."""

    def __init__(self, paths: Sequence[str], documents: Mapping[str, bytes]) -> None:
        self._files = frozenset(paths)
        self._crates = _crates(documents)
        self._names: dict[str, str] = {}
        self._by_module: dict[str, str] = {}
        self._own: dict[str, tuple[str, str]] = {}  # path → (crate root module, own module)
        for path in paths:
            self._place(path)

    def module_of(self, path: str) -> str:
        """`crate::module`, as Rust writes it."""
        return self._names[path]

    def scopes(self, path: str) -> tuple[str, str]:
        """A path is read from its own module on."""
        return path, path

    def is_stub(self, path: str) -> bool:  # noqa: ARG002
        """Rust has no stubs."""
        return False

    def targets(self, path: str, spec: str) -> tuple[Target, ...]:
        """What a `MODULE|PATH` of the scanner means."""
        inline, _, text = spec.partition("|")
        if text.startswith("mod "):
            return (self._declared(path, inline, text[4:]),)
        root, own = self._own[path]
        here = "::".join(part for part in (own, inline) if part)
        return (self._find(path, root, here, text.split("::")),)

    # -- placing ------------------------------------------------------------------------------

    def _place(self, path: str) -> None:
        crate = self._crate_of(path)
        folder = "" if crate is None else crate.folder
        name = (folder.rpartition("/")[2] or "crate") if crate is None else crate.name
        inside = path[len(folder) :].lstrip("/")
        root = self._root(name, inside)
        module = root
        rest = inside.removesuffix(".rs")
        if rest.startswith("src/") and root == name:
            parts = [part for part in rest[4:].split("/") if part not in {"lib", "main", "mod"}]
            module = "::".join([root, *parts])
        elif crate is None:
            parts = [part for part in rest.split("/") if part not in {"lib", "main", "mod"}]
            module = "::".join([root, *parts])
        self._names[path] = module
        self._own[path] = (root, module)
        kept = self._by_module.get(module)
        if kept is None or path.endswith("lib.rs"):
            self._by_module[module] = path

    def _root(self, name: str, inside: str) -> str:
        """Tests, benches, examples and binaries are crates of their own."""
        for folder in _TARGET_FOLDERS:
            if inside.startswith(f"{folder}/"):
                rest = inside[len(folder) + 1 :].removesuffix(".rs").removesuffix("/main")
                return f"{name}::{folder.rpartition('/')[2]}::{rest.replace('/', '::')}"
        return f"{name}::build" if inside == "build.rs" else name

    def _crate_of(self, path: str) -> _Crate | None:
        folder = path.rpartition("/")[0]
        while True:
            if folder in self._crates:
                return self._crates[folder]
            if not folder:
                return None
            folder = folder.rpartition("/")[0]

    # -- finding ------------------------------------------------------------------------------

    def _declared(self, path: str, inline: str, text: str) -> Target:
        name, _, file = text.partition(" = ")
        folder, _, own = path.rpartition("/")
        stem = own.removesuffix(".rs")
        if stem not in {"lib", "main", "mod", "build"} and not file:
            folder = f"{folder}/{stem}" if folder else stem
        if inline:
            folder = "/".join([folder, *inline.split("::")]).lstrip("/")
        for candidate in (file,) if file else (f"{name}.rs", f"{name}/mod.rs"):
            whole = f"{folder}/{candidate}".lstrip("/")
            if whole in self._files:
                return whole
        return nothing(name)

    def _find(self, path: str, root: str, here: str, parts: list[str]) -> Target:
        first, rest = parts[0], parts[1:]
        if first == "crate":
            return self._longest(root, rest)
        if first in {"self", "super"}:
            return self._relative(root, here, parts)
        crate = self._crate_of(path)
        name = first.replace("-", "_")
        if crate is not None and name in crate.renamed:
            name = crate.renamed[name]
        if name in self._by_module and name != root:
            return self._longest(name, rest)
        child = f"{here}::{first}"
        if child in self._by_module:  # `use child::x` beside `mod child;`
            return self._longest(here, parts)
        if crate is not None and crate.edition == "2015" and f"{root}::{first}" in self._by_module:
            return self._longest(root, parts)
        if first in _BUILTIN or not first[:1].isupper():
            return nothing(first) if _PRIMITIVE.fullmatch(first) else external(name)
        return nothing(first)

    def _relative(self, root: str, here: str, parts: list[str]) -> Target:
        module = here.split("::")
        while parts and parts[0] in {"self", "super"}:
            if parts[0] == "super":
                if len(module) <= len(root.split("::")):
                    return unresolved("super leaves the crate")
                module = module[:-1]
            parts = parts[1:]
        return self._longest("::".join(module), parts)

    def _longest(self, module: str, rest: list[str]) -> Target:
        names = [*module.split("::"), *(part for part in rest if part != "*")]
        while names:
            file = self._by_module.get("::".join(names))
            if file is not None:
                return file
            names = names[:-1]
        return unresolved(f"no module {module}")


def _crates(documents: Mapping[str, bytes]) -> dict[str, _Crate]:
    found: dict[str, _Crate] = {}
    for path, content in sorted(documents.items()):
        folder, _, file = path.rpartition("/")
        if file != "Cargo.toml":
            continue
        try:
            body = tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
        package = body.get("package")
        if isinstance(package, dict) and isinstance(package.get("name"), str):
            found[folder] = _crate(folder, body, package)
    return found


def _crate(folder: str, body: dict[str, object], package: dict[str, object]) -> _Crate:
    library = body.get("lib")
    named = library.get("name") if isinstance(library, dict) else None
    name = str(named or package["name"]).replace("-", "_")
    edition = package.get("edition", "2015")
    crate = _Crate(name, folder, edition if isinstance(edition, str) else "2021")
    for key in ("dependencies", "dev-dependencies", "build-dependencies"):
        table = body.get(key)
        for alias, value in table.items() if isinstance(table, dict) else ():
            if isinstance(value, dict) and isinstance(value.get("package"), str):
                crate.renamed[alias.replace("-", "_")] = value["package"].replace("-", "_")
    return crate
