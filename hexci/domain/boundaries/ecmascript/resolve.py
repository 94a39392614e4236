"""Which file a TypeScript or JavaScript import means: no node_modules, no disk, no tsc.

Relative paths, `paths` and `baseUrl` of the nearest tsconfig, `#imports`, and packages of the
workspace by name, whose `exports` into built folders are led back to the sources.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from hexci.domain.boundaries.ecmascript.packages import Package, packages_of
from hexci.domain.boundaries.ecmascript.tsconfig import Paths, paths_of
from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import Target, external, nothing, unresolved

_SUFFIXES = (
    ".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte",
    ".astro",
)  # fmt: skip
# what is written for a compiled file → what the source may be called
_SOURCES = {
    ".js": (".ts", ".tsx", ".d.ts"),
    ".jsx": (".tsx",),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}
_BUILT = ("dist", "lib", "build", "out", "es", "esm", "cjs", "types", "_ts4.3")
_BUILTINS = frozenset(
    (
        "assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants",
        "crypto", "dgram", "diagnostics_channel", "dns", "domain", "events", "fs", "http",
        "http2", "https", "inspector", "module", "net", "os", "path", "perf_hooks", "process",
        "punycode", "querystring", "readline", "repl", "stream", "string_decoder", "sys",
        "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi",
        "worker_threads", "zlib",
    )
)  # fmt: skip


def build(
    paths: Sequence[str],
    *,
    everything: Iterable[str],
    documents: Mapping[str, bytes],
    settings: Settings,  # noqa: ARG001 - roots are a matter of tsconfig here
    declared: Mapping[str, str],  # noqa: ARG001 - files declare no package
) -> "ScriptResolver":
    """The resolver over `paths`."""
    return ScriptResolver(paths, everything, documents)


class ScriptResolver:
    """Targets of imports for one set of paths."""

    def __init__(
        self, paths: Sequence[str], everything: Iterable[str], documents: Mapping[str, bytes]
    ) -> None:
        self._files = frozenset(paths)
        self._everything = frozenset(everything)
        self._packages = packages_of(documents)
        self._by_name = {p.name: p for p in self._packages.values() if p.name}
        self._configs = paths_of(documents)

    def module_of(self, path: str) -> str:
        """Files are called by their path."""
        return path

    def scopes(self, path: str) -> tuple[str, str]:
        """What is near a file depends on its folder, and so do its tsconfig and its package."""
        folder = path.rpartition("/")[0]
        return folder, folder

    def is_stub(self, path: str) -> bool:
        """Whether `path` only holds types."""
        return path.endswith((".d.ts", ".d.mts", ".d.cts"))

    def targets(self, path: str, spec: str) -> tuple[Target, ...]:
        """What `spec` in the file `path` means."""
        return (self._find(path.rpartition("/")[0], spec),)

    def _find(self, folder: str, spec: str) -> Target:
        spec = spec.partition("?")[0]  # bundlers put questions there
        if spec.startswith((".", "/")):
            return self._relative(folder, spec)
        if spec.startswith("node:") or spec.partition("/")[0] in _BUILTINS:
            return external(spec.removeprefix("node:").partition("/")[0])
        if spec.startswith("#"):
            return self._own_import(folder, spec)
        return (
            self._by_paths(folder, spec) or self._workspace(spec) or external(_package_name(spec))
        )

    def _relative(self, folder: str, spec: str) -> Target:
        whole = _joined("" if spec.startswith("/") else folder, spec)
        if whole is None:
            return unresolved(f"{spec} leaves the tree")
        found = self._file(whole)
        if found:
            return found
        if whole in self._everything:
            return nothing(whole)  # a picture, a style sheet, JSON: no code
        name = whole.rpartition("/")[2]
        if "." in name and not name.endswith(_SUFFIXES):
            return nothing(whole)
        return unresolved(f"no file {whole}")

    def _file(self, whole: str) -> str:
        """The source file for a path that may lack its suffix, or name a folder."""
        dot = whole.rfind(".")
        suffix = whole[dot:] if dot > whole.rfind("/") else ""
        for source in _SOURCES.get(suffix, ()):
            if whole[:dot] + source in self._files:
                return whole[:dot] + source
        if whole in self._files:
            return whole
        for ending in _SUFFIXES:
            if whole + ending in self._files:
                return whole + ending
        start = f"{whole}/index" if whole else "index"
        for ending in _SUFFIXES:
            if start + ending in self._files:
                return start + ending
        package = self._packages.get(whole)
        return self._entry(package, ".") if package is not None and whole else ""

    def _by_paths(self, folder: str, spec: str) -> str:
        config = _nearest(self._configs, folder)
        if config is None:
            return ""
        return self._first(config, config.candidates(spec))

    def _first(self, config: Paths, candidates: Sequence[str]) -> str:
        for candidate in candidates:
            whole = _joined(config.base, candidate)
            found = self._file(whole) if whole is not None else ""
            if found:
                return found
        return ""

    def _own_import(self, folder: str, spec: str) -> Target:
        package = _nearest(self._packages, folder, lambda p: bool(p.imports))
        if package is None:
            return unresolved(f"no package.json above says what {spec} is")
        for target in package.import_targets(spec):
            if not target.startswith("."):
                return self._workspace(target) or external(_package_name(target))
            found = self._source(package, target)
            if found:
                return found
        return unresolved(f"{spec} leads to no file")

    def _workspace(self, spec: str) -> str:
        """A package of this tree by its name, as a whole or a path in it."""
        name = _package_name(spec)
        package = self._by_name.get(name)
        if package is None:
            return ""
        return self._entry(package, "." + spec[len(name) :])

    def _entry(self, package: Package, part: str) -> str:
        for target in package.export_targets(part):
            found = self._source(package, target)
            if found:
                return found
        inside = part.removeprefix(".").removeprefix("/")
        for guess in (f"src/{inside}", inside) if inside else ("src/index", "index", "src/main"):
            found = self._file(_joined(package.folder, guess) or "")
            if found:
                return found
        return ""

    def _source(self, package: Package, target: str) -> str:
        """The source of what a package hands out, which may be a built file."""
        whole = _joined(package.folder, target)
        if whole is None:
            return ""
        found = self._file(whole)
        if found:
            return found
        inside = whole[len(package.folder) :].lstrip("/").split("/")
        while len(inside) > 1 and inside[0] in _BUILT:
            inside = inside[1:]
            for source in ("src", ""):
                guess = _joined(package.folder, "/".join([source, *inside]).lstrip("/"))
                found = self._file(_plain(guess or ""))
                if found:
                    return found
        return ""


def _plain(path: str) -> str:
    for ending in (".d.ts", ".d.mts", ".d.cts", ".js", ".mjs", ".cjs"):
        if path.endswith(ending):
            return path[: -len(ending)]
    return path


_Found = TypeVar("_Found")


def _nearest(
    table: Mapping[str, _Found], folder: str, wanted: Callable[[_Found], bool] = lambda _: True
) -> _Found | None:
    while True:
        found = table.get(folder)
        if found is not None and wanted(found):
            return found
        if not folder:
            return None
        folder = folder.rpartition("/")[0]


def _package_name(spec: str) -> str:
    parts = spec.split("/")
    return "/".join(parts[:2]) if spec.startswith("@") else parts[0]


def _joined(folder: str, path: str) -> str | None:
    """`folder/path` without dots; None when it leaves the tree."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part in {"", "."}:
            continue
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
