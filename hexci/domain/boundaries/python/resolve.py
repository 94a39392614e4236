"""Which file of the tree a Python import means, by names alone: no sys.path, no import.

A file's module name is its path below its root. Roots are the repository, every `src` folder
without `__init__.py`, the folders of `pyproject.toml`, and what the config adds; folders without
`__init__.py` are packages all the same (PEP 420).
"""

import sys
from bisect import bisect_left

from hexci.domain.boundaries.targets import Target, external, nothing, unresolved

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import, and a commit hook waits
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from hexci.domain.boundaries.settings import Settings

_STDLIB = frozenset(sys.stdlib_module_names)
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


def build(
    paths: "Sequence[str]",
    *,
    everything: "Iterable[str]",
    documents: "Mapping[str, bytes]",  # noqa: ARG001 - Python needs no file's content
    settings: "Settings",
    declared: "Mapping[str, str]",  # noqa: ARG001 - nor what a file says of itself
) -> "PythonResolver":
    """The resolver over `paths`."""
    return PythonResolver(paths, roots_of(paths, everything, settings.roots))


class PythonResolver:
    """Names of modules and targets of imports for one set of paths."""

    def __init__(self, paths: "Sequence[str]", roots: "AbstractSet[str]") -> None:
        """`paths` are the Python files, `roots` what `roots_of` found."""
        self._roots = roots
        self._names: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._packages: set[str] = set()
        self._parents = self._packages  # and those under an alias: what may have submodules
        self._prefixes: dict[str, str] = {}
        self._scopes: dict[str, tuple[str, str]] = {}
        for path in paths:
            self._place(path)
        self._add_aliases(paths)

    def module_of(self, path: str) -> str:
        """The dotted name of the module in `path`."""
        return self._names[path]

    def is_stub(self, path: str) -> bool:
        """Whether `path` only holds types."""
        return path.endswith(".pyi")

    def targets(self, path: str, spec: str) -> tuple[Target, ...]:
        """What `spec` in the file `path` means: files, external names or a note."""
        package, folder = self.scopes(path)
        module, _, names = spec.partition(":")
        if module[0] == ".":
            absolute = _absolute(package, module)
            if absolute is None:
                return (unresolved(f"{module} leaves the top package"),)
            if not absolute:
                return self._from_top(names)
            return self._members(absolute, names, relative=True)
        found = self._members(module, names, relative=False)
        return self._sibling(folder, module, found) if folder else found

    def scopes(self, path: str) -> tuple[str, str]:
        """The package, and the folder where a file may import its siblings by their bare name."""
        folder, _, name = path.rpartition("/")
        if not folder or name.startswith("__init__"):
            return self._scopes_of(path)
        known = self._scopes.get(folder)
        if known is None:
            known = self._scopes[folder] = self._scopes_of(path)
        return known

    def _scopes_of(self, path: str) -> tuple[str, str]:
        package = self._package_of(path)
        regular = self._files.get(package, "").endswith(("/__init__.py", "/__init__.pyi"))
        return package, "" if regular else path.rpartition("/")[0]

    # -- placing files ------------------------------------------------------------------------

    def _place(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        prefix = self._prefixes.get(folder)
        if prefix is None:
            prefix = self._prefixes[folder] = self._enter(folder)
        stem = name[: name.rfind(".")]
        module = f"{prefix}.{stem}" if prefix else stem
        if stem == "__init__":
            module = prefix or stem
        self._names[path] = module
        taken = self._files.get(module)
        if taken is None or _rank(path) < _rank(taken):
            self._files[module] = path

    def _enter(self, folder: str) -> str:
        """The dotted name of `folder`, with every package on the way made known."""
        root = folder
        while root and root not in self._roots:
            root = root.rpartition("/")[0]
        inside = folder[len(root) + 1 :] if root else folder
        dotted = inside.replace("/", ".")
        package = dotted
        while package and package not in self._packages:
            self._packages.add(package)
            package = package.rpartition(".")[0]
        return dotted

    def _add_aliases(self, paths: "Sequence[str]") -> None:
        """A package whose parent is no package may be importable by its own name too."""
        regular = {p.rpartition("/")[0] for p in paths if p.endswith("/__init__.py")}
        tops = [
            folder
            for folder in sorted(regular)
            if (parent := folder.rpartition("/")[0])
            and parent not in regular
            and parent not in self._roots
        ]
        ordered = sorted(paths) if tops else []
        for folder in tops:
            first = bisect_left(ordered, f"{folder}/")
            self._alias(folder, ordered[first : bisect_left(ordered, f"{folder}0")])

    def _alias(self, folder: str, inside: "Sequence[str]") -> None:
        top = folder.rpartition("/")[2]
        if top in self._packages or top in self._files or top in _STDLIB:
            return
        prefix = self._names.get(f"{folder}/__init__.py", "")
        cut = len(prefix) - len(top)
        if cut <= 0:
            return
        if self._parents is self._packages:
            self._parents = set(self._packages)
        self._packages.add(top)
        self._parents.add(top)
        for path in inside:
            module = self._names[path][cut:]
            self._files.setdefault(module, path)
            self._parents.add(module.rpartition(".")[0])

    def _package_of(self, path: str) -> str:
        module = self._names[path]
        if path.endswith(("/__init__.py", "/__init__.pyi")):
            return module
        return module.rpartition(".")[0]

    # -- finding targets ----------------------------------------------------------------------

    def _from_top(self, names: str) -> tuple[Target, ...]:
        return tuple(
            self._files.get(name) or unresolved(f"{name} is not below this folder")
            for name in names.split(",")
        )

    def _sibling(self, folder: str, module: str, found: tuple[Target, ...]) -> tuple[Target, ...]:
        """A script may import a module beside it, when nothing else has that name."""
        top = module.partition(".")[0]
        if top in _STDLIB or found != (external(top),):
            return found
        for candidate in (f"{folder}/{top}.py", f"{folder}/{top}/__init__.py"):
            if candidate in self._names:
                return (candidate,)
        return found

    def _members(self, module: str, names: str, *, relative: bool) -> tuple[Target, ...]:
        file = self._files.get(module)
        if file is None:
            if module not in self._packages:
                return self._absent(module, relative=relative)
            if not names:
                return (nothing(module),)
        elif not names or module not in self._parents:
            return (file,)
        listed = names.split(",")
        if len(listed) == 1:
            one = self._files.get(f"{module}.{names}") or file
            if one:
                return (one,)
        return self._each(module, file, listed)

    def _each(self, module: str, file: str | None, names: list[str]) -> tuple[Target, ...]:
        found: dict[Target, None] = {}
        for name in names:
            submodule = self._files.get(f"{module}.{name}")
            if submodule:
                found[submodule] = None
            elif file:
                found[file] = None
            elif name == "*" or f"{module}.{name}" in self._packages:
                found[nothing(f"{module}.{name}")] = None
            else:
                found[self._outside(module, f"{module}.{name}")] = None
        return tuple(found)

    def _absent(self, module: str, *, relative: bool) -> tuple[Target, ...]:
        """The nearest package that runs, with a note; else the name is from outside."""
        top = module.partition(".")[0]
        if top not in self._packages and top not in self._files:
            return (unresolved(f"no module {module}") if relative else external(top),)
        if top in _STDLIB and not relative:
            return (external(top),)
        parent = module
        while parent:
            parent = parent.rpartition(".")[0]
            file = self._files.get(parent)
            if file:
                return (file, unresolved(f"no module {module}"))
            if parent in self._packages:
                return (self._outside(parent, module),)
        return (external(top),)

    def _outside(self, package: str, module: str) -> Target:
        """A name below a namespace package that no file of the tree has: another distribution."""
        rest = module[len(package) + 1 :].partition(".")[0]
        return external(f"{package}.{rest}")


def _rank(path: str) -> int:
    """Which file wins a module name: packages before modules, code before stubs."""
    stub = path.endswith(".pyi")
    package = path.endswith(("/__init__.py", "/__init__.pyi"))
    return 2 * stub + (not package)


def _absolute(package: str, module: str) -> str | None:
    rest = module.lstrip(".")
    up = len(module) - len(rest) - 1
    if up:
        parts = package.split(".") if package else []
        if up > len(parts):
            return None
        package = ".".join(parts[: len(parts) - up])
    return f"{package}.{rest}" if package and rest else package or rest


def roots_of(
    paths: "Sequence[str]", others: "Iterable[str]", configured: "Sequence[str]"
) -> frozenset[str]:
    """The folders that module names start below.

    `paths` are the Python files, `others` every path, `configured` is what the config says.
    """
    if configured:
        return frozenset(root.strip("/").removeprefix("./") for root in configured) - {"", "."}
    regular = {path.rpartition("/")[0] for path in paths if path.endswith("/__init__.py")}
    roots = {
        path.rpartition("/")[0]
        for path in others
        if path.endswith(_PROJECT_FILES)
        and path.rpartition("/")[2] in _PROJECT_FILES
        and "/" in path
    }
    everything = "\n".join(paths)  # most trees have neither, and one text is sooner looked at
    if "/setup.py" in everything:
        roots.update(path.rpartition("/")[0] for path in paths if path.endswith("/setup.py"))
    inside = [path for path in paths if "src/" in path] if "src/" in everything else ()
    for folder in {path[: path.rfind("/")] for path in inside}:
        at = f"/{folder}/".find("/src/")
        if at >= 0:
            roots.add(folder[: at + 3])
    return frozenset(root for root in roots if root not in regular)
