"""Which file a Java or Kotlin name means: by declared package and name, not by path."""

from collections.abc import Iterable, Mapping, Sequence

from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import Target, external, nothing, unresolved


def build(
    paths: Sequence[str],
    *,
    everything: Iterable[str],  # noqa: ARG001
    documents: Mapping[str, bytes],  # noqa: ARG001
    settings: Settings,  # noqa: ARG001
    declared: Mapping[str, str],
) -> "NameResolver":
    """The resolver over `paths`."""
    return NameResolver(paths, declared)


class NameResolver:
    """Targets of names for one set of files."""

    def __init__(self, paths: Sequence[str], declared: Mapping[str, str]) -> None:
        self._modules: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._packages: dict[str, str] = {}
        for path in paths:
            package, _, names = declared.get(path, "|").partition("|")
            stem = path.rpartition("/")[2].rpartition(".")[0]
            self._modules[path] = ".".join(part for part in (package, stem) if part)
            self._packages.setdefault(package, path)
            for name in (stem, *names.split(",")):
                if name:
                    whole = ".".join(part for part in (package, name) if part)
                    self._by_name.setdefault(whole, path)

    def module_of(self, path: str) -> str:
        """`package.File`."""
        return self._modules[path]

    def scopes(self, path: str) -> tuple[str, str]:  # noqa: ARG002
        """A name means the same everywhere."""
        return "", ""

    def is_stub(self, path: str) -> bool:  # noqa: ARG002
        """There are no stubs."""
        return False

    def targets(self, path: str, spec: str) -> tuple[Target, ...]:  # noqa: ARG002
        """The file that declares a name, or an inner name of one; a package by its first file."""
        in_full = spec.endswith("!")
        name = spec.removesuffix("!")
        if name.endswith(".*"):
            package = name.removesuffix(".*")
            return (self._packages.get(package) or self._declaring(package) or self._out(package),)
        found = self._declaring(name)
        if found:
            return (found,)
        # a dotted chain in code may as well be fields of an object
        return (nothing(name) if in_full else self._out(name),)

    def _declaring(self, name: str) -> str:
        while name:
            if name in self._by_name:
                return self._by_name[name]
            name = name.rpartition(".")[0]
        return ""

    def _out(self, name: str) -> Target:
        package = name.rpartition(".")[0]
        if package in self._packages and package:
            return unresolved(f"no {name.rpartition('.')[2]} in {package}")
        return external(package or name)
