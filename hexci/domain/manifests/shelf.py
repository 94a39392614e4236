"""All manifests that were read together, and which of them can be seen from which file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.manifests.pipeline import Adapter, Macro, Pipeline, Policy
from hexci.domain.manifests.system import System

Manifest = Pipeline | Macro | Policy | Adapter | System


@dataclass(frozen=True, slots=True)
class Scope:
    """What a file can name: its own manifests and those of the files it includes."""

    pipelines: Mapping[str, Pipeline] = field(default_factory=dict)
    macros: Mapping[str, Macro] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    adapters: Mapping[str, Adapter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Manifests by file, in the order they stand, and who includes whom."""

    files: Mapping[str, tuple[Manifest, ...]] = field(default_factory=dict)
    includes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def scope(self, file: str) -> Scope:
        """What `file` can name."""
        seen = self._closure(file)
        found = [manifest for name in seen for manifest in self.files.get(name, ())]
        return Scope(
            {m.name: m for m in reversed(found) if isinstance(m, Pipeline)},
            {m.name: m for m in reversed(found) if isinstance(m, Macro)},
            {m.name: m for m in reversed(found) if isinstance(m, Policy)},
            {m.name: m for m in reversed(found) if isinstance(m, Adapter)},
        )

    def pipelines(self, file: str) -> tuple[Pipeline, ...]:
        """The pipelines that stand in `file` itself."""
        return tuple(m for m in self.files.get(file, ()) if isinstance(m, Pipeline))

    def systems(self, file: str) -> tuple[System, ...]:
        """The systems that stand in `file` itself."""
        return tuple(m for m in self.files.get(file, ()) if isinstance(m, System))

    def _closure(self, file: str) -> list[str]:
        seen = [file]
        for name in seen:
            seen += [inner for inner in self.includes.get(name, ()) if inner not in seen]
        return seen
