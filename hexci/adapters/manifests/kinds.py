"""The kinds of manifests: each document is exactly one of their models."""

import importlib
from collections.abc import Iterator, Mapping

from hexci.adapters.manifests.complaints import Strict

_HERE = "hexci.adapters.manifests"
# kind → (module, model); a run needs few of them, and making a model takes a millisecond
_KINDS = {
    "Pipeline": ("pipeline_kind", "PipelineModel"),
    "Macro": ("pipeline_kind", "MacroModel"),
    "Config": ("config", "ConfigModel"),
    "System": ("system_kind", "SystemModel"),
    "Adapter": ("small_kinds", "AdapterModel"),
    "Policy": ("small_kinds", "PolicyModel"),
}


class Kinds(Mapping[str, type[Strict]]):
    """Models by kind, each imported when it is asked for."""

    def __getitem__(self, kind: str) -> type[Strict]:
        module, name = _KINDS[kind]
        model: type[Strict] = getattr(importlib.import_module(f"{_HERE}.{module}"), name)
        return model

    def __iter__(self) -> Iterator[str]:
        return iter(_KINDS)

    def __len__(self) -> int:
        return len(_KINDS)

    def __contains__(self, kind: object) -> bool:
        return kind in _KINDS


MODELS = Kinds()
