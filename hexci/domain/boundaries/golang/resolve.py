"""Which package folder a Go import means: go.mod, nested modules, `replace`, go.work.

A package is one node of the graph: the first of its files that is no test.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import Target, external, nothing, unresolved

_MODULE = re.compile(rb"(?m)^\s*module\s+\"?([^\s\"]+)")
_REPLACE = re.compile(
    rb"(?m)^\s*(?:replace\s+)?([^\s()]+)(?:\s+v\S+)?\s*=>\s*(\.{1,2}/[^\s]*|\.{1,2})"
)


def build(
    paths: Sequence[str],
    *,
    everything: Iterable[str],  # noqa: ARG001 - only Go files can be imported
    documents: Mapping[str, bytes],
    settings: Settings,  # noqa: ARG001
    declared: Mapping[str, str],  # noqa: ARG001
) -> "PackageResolver":
    """The resolver over `paths`."""
    return PackageResolver(paths, documents)


class PackageResolver:
    """Targets of imports for one set of paths."""

    def __init__(self, paths: Sequence[str], documents: Mapping[str, bytes]) -> None:
        self._modules = _modules(documents)
        self._folders: dict[str, str] = {}
        for path in sorted(paths, key=lambda p: (p.endswith("_test.go"), p)):
            self._folders.setdefault(path.rpartition("/")[0], path)
        names = {module: root for root, module in self._modules.items()}
        names |= _replaced(documents)
        self._by_length = sorted(names.items(), key=lambda item: -len(item[0]))

    def module_of(self, path: str) -> str:
        """The import path of the file's package."""
        folder = path.rpartition("/")[0]
        root = folder
        while root not in self._modules:
            if not root:
                return folder or "main"
            root = root.rpartition("/")[0]
        inside = folder[len(root) :].strip("/")
        return "/".join(part for part in (self._modules[root], inside) if part)

    def scopes(self, path: str) -> tuple[str, str]:
        """Only relative paths depend on where they are."""
        return path.rpartition("/")[0], ""

    def is_stub(self, path: str) -> bool:  # noqa: ARG002
        """Go has no stubs."""
        return False

    def targets(self, path: str, spec: str) -> tuple[Target, ...]:
        """The package that `spec` means."""
        if spec == "C":
            return (nothing("C"),)
        if spec.startswith("."):
            return (self._package(_joined(path.rpartition("/")[0], spec), spec),)
        for module, root in self._by_length:
            if spec == module or spec.startswith(f"{module}/"):
                return (self._package(_joined(root, spec[len(module) :]), spec),)
        return (external(spec),)

    def _package(self, folder: str, spec: str) -> Target:
        return self._folders.get(folder) or unresolved(f"no package {spec}")


def _modules(documents: Mapping[str, bytes]) -> dict[str, str]:
    found = {}
    for path, content in documents.items():
        folder, _, name = path.rpartition("/")
        if name == "go.mod" and (module := _MODULE.search(content)):
            found[folder] = module[1].decode("utf-8", "replace")
    return found


def _replaced(documents: Mapping[str, bytes]) -> dict[str, str]:
    found = {}
    for path, content in documents.items():
        folder, _, name = path.rpartition("/")
        if name in {"go.mod", "go.work"}:
            for old, new in _REPLACE.findall(content):
                found[old.decode("utf-8", "replace")] = _joined(folder, new.decode())
    return found


def _joined(folder: str, path: str) -> str:
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", ".", ".."}:
            parts.append(part)
    return "/".join(parts)
