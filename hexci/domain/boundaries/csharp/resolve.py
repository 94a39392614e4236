"""Which file a C# name means: a type by its namespace, a namespace by its first file."""

from collections.abc import Iterable, Mapping, Sequence

from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import Target, external, nothing


def build(
    paths: Sequence[str],
    *,
    everything: Iterable[str],  # noqa: ARG001
    documents: Mapping[str, bytes],  # noqa: ARG001
    settings: Settings,  # noqa: ARG001
    declared: Mapping[str, str],
) -> "NamespaceResolver":
    """The resolver over `paths`."""
    return NamespaceResolver(paths, declared)


class NamespaceResolver:
    """Targets of names for one set of files."""

    def __init__(self, paths: Sequence[str], declared: Mapping[str, str]) -> None:
        self._modules: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._namespaces: dict[str, str] = {}
        for path in paths:
            spaces, _, types = declared.get(path, "|").partition("|")
            stem = path.rpartition("/")[2].rpartition(".")[0]
            names = [space for space in spaces.split(";") if space]
            self._modules[path] = ".".join([*names[:1], stem])
            for space in names:
                self._namespaces.setdefault(space, path)
                for name in types.split(","):
                    if name:
                        self._types.setdefault(f"{space}.{name}", path)

    def module_of(self, path: str) -> str:
        """`Namespace.File`."""
        return self._modules[path]

    def scopes(self, path: str) -> tuple[str, str]:  # noqa: ARG002
        """A name means the same everywhere."""
        return "", ""

    def is_stub(self, path: str) -> bool:  # noqa: ARG002
        """There are no stubs."""
        return False

    def targets(self, path: str, spec: str) -> tuple[Target, ...]:  # noqa: ARG002
        """The file of a type, or the first file of a namespace."""
        in_full = spec.endswith("!")
        name = spec.removesuffix("!")
        shorter = name
        while shorter:
            if shorter in self._types:
                return (self._types[shorter],)
            if shorter in self._namespaces and (shorter == name or in_full):
                return (self._namespaces[shorter],)
            shorter = shorter.rpartition(".")[0]
        return (nothing(name) if in_full else external(name),)
