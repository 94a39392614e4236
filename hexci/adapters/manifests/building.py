"""Validated models as manifests of the domain."""

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.node_kinds import KINDS, NodeModel, arguments_of, chosen
from hexci.adapters.manifests.parts import InputModel, ceiling_of, conduct_of, layer_of
from hexci.domain.canonical import Json
from hexci.domain.law.caps import CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.faults import Fault, Origin, Path
from hexci.domain.manifests.pipeline import (
    Adapter,
    Budget,
    Conduct,
    Input,
    Macro,
    Node,
    Pipeline,
    Policy,
    Transition,
)
from hexci.domain.manifests.shelf import Manifest
from hexci.domain.manifests.system import Pipe, Process, Start, System
from hexci.domain.manifests.types import has_type

if TYPE_CHECKING:  # a kind's models are imported when there is a document of it
    from hexci.adapters.manifests.pipeline_kind import MacroModel, PipelineModel, PipelineSpec
    from hexci.adapters.manifests.small_kinds import AdapterModel, PolicyModel
    from hexci.adapters.manifests.system_kind import ProcessModel, SystemModel

# Names that references use for something else than nodes.
RESERVED = frozenset({"inputs", "env", "run", "item", "index"})


class Builder:
    """Builds the manifests of one document; what a model cannot say is a fault."""

    def __init__(self, origin: Origin, faults: list[Fault]) -> None:
        self._origin = origin
        self._faults = faults

    def built(self, kind: str, model: Strict) -> Manifest | None:
        """The manifest; None for a kind that is no part of a shelf (Config)."""
        match kind:
            case "Pipeline":
                return self._pipeline(cast("PipelineModel", model))
            case "Macro":
                return self._macro(cast("MacroModel", model))
            case "Policy":
                return self._policy(cast("PolicyModel", model))
            case "Adapter":
                return self._adapter(cast("AdapterModel", model))
            case "System":
                return self._system(cast("SystemModel", model))
        return None

    def _pipeline(self, model: "PipelineModel") -> Pipeline:
        spec, name = model.spec, model.metadata.name
        return Pipeline(
            name,
            self._nodes(spec.nodes),
            self._inputs(spec.inputs),
            spec.outputs,
            layer_of(spec.caps, f"pipeline {name}") or CapLayer(name, ()),
            ceiling_of(spec.limits, f"pipeline {name}"),
            spec.concurrency,
            self._origin,
            spec.lock or "",
            self._budget(spec),
            Transition(spec.entity.kind, spec.entity.id, spec.entity.to) if spec.entity else None,
        )

    def _macro(self, model: "MacroModel") -> Macro:
        spec = model.spec
        return Macro(
            model.metadata.name,
            self._inputs(spec.inputs),
            self._nodes(spec.nodes),
            spec.outputs,
            self._origin,
        )

    def _policy(self, model: "PolicyModel") -> Policy:
        spec = model.spec
        conduct = conduct_of(spec.retry, spec.timeout, spec.attempt_timeout, spec.on_error)
        name = model.metadata.name
        return Policy(name, conduct or Conduct(), spec.per_minute, spec.approval, self._origin)

    def _adapter(self, model: "AdapterModel") -> Adapter:
        name = model.metadata.name
        stated = model.spec.limits
        limits = stated and Ceiling(
            stated.max_usd, stated.max_tokens, stated.max_calls, origin=f"adapter {name}"
        )
        return Adapter(name, model.spec.candidate, limits or Ceiling(), self._origin)

    def _system(self, model: "SystemModel") -> System:
        spec, name = model.spec, model.metadata.name
        start = Start(spec.init.type, spec.init.cron or "", spec.init.on)
        if (start.type == "schedule") != bool(start.cron) or (start.type == "event") != bool(
            start.on
        ):
            said = "schedule needs cron, event needs on, manual neither"
            self._fault("MAN003", ("spec", "init"), said)
        return System(
            name,
            tuple(self._process(key, item) for key, item in spec.processes.items()),
            tuple(Pipe(pipe.source, pipe.target, pipe.map) for pipe in spec.pipes),
            start,
            layer_of(spec.caps, f"system {name}"),
            ceiling_of(spec.limits, f"system {name}"),
            self._origin,
        )

    def _budget(self, spec: "PipelineSpec") -> Budget | None:
        model, limits = spec.budget, spec.limits
        if model is None:
            return None
        for name in ("max_usd", "max_tokens", "max_calls"):
            if getattr(model, name) is not None and getattr(limits, name, None) is None:
                said = f"spec.budget.{name} needs spec.limits.{name}: what one run may use"
                self._fault("MAN003", ("spec", "budget", name), said)
        origin = f"today's budget {model.name}"
        return Budget(
            model.name, Ceiling(model.max_usd, model.max_tokens, model.max_calls, origin=origin)
        )

    def _process(self, name: str, model: "ProcessModel") -> Process:
        if name in RESERVED:
            self._fault("MAN011", ("spec", "processes", name), f"{name!r} is a reserved name")
        origin = f"process {name}"
        return Process(
            name,
            beside(self._origin.file, model.exec),
            model.pipeline or "",
            model.inputs,
            model.needs,
            layer_of(model.caps, origin),
            ceiling_of(model.limits, origin),
            model.foreach,
        )

    def _nodes(self, models: Mapping[str, NodeModel]) -> tuple[Node, ...]:
        found = (self._node(name, model) for name, model in models.items())
        return tuple(node for node in found if node is not None)

    def _node(self, name: str, model: NodeModel) -> Node | None:
        path: Path = ("spec", "nodes", name)
        if name in RESERVED:
            self._fault("MAN011", path, f"{name!r} is a reserved name")
        kinds = chosen(model)
        if len(kinds) != 1 or (
            model.foreach is not None and len(inner := chosen(model.foreach.do)) != 1
        ):
            named = kinds if len(kinds) != 1 else inner
            said = f"{name} is {' and '.join(named) or 'of no kind'}"
            self._fault("MAN003", path, f"{said}; a node is one of {', '.join(KINDS)}")
            return None
        origin = f"node {name}"
        return Node(
            name,
            kinds[0],
            arguments_of(getattr(model, kinds[0])),
            model.needs,
            model.when,
            conduct_of(model.retry, model.timeout, model.attempt_timeout, model.on_error),
            model.policy or "",
            model.outputs,
            layer_of(model.caps, origin),
            ceiling_of(model.limits, origin),
            self._origin,
            path,
        )

    def _inputs(self, models: Mapping[str, InputModel]) -> dict[str, Input]:
        found = {}
        for name, model in models.items():
            default: Json = model.default
            if default is not None and not has_type(default, model.type):
                path = ("spec", "inputs", name, "default")
                self._fault("MAN003", path, f"the default of {name} is no {model.type}")
            found[name] = Input(model.type, model.required, default)
        return found

    def _fault(self, rule: str, path: Path, message: str) -> None:
        self._faults.append(Fault(rule, self._origin, path, message))


def beside(file: str, path: str) -> str:
    """What `path` in `file` means, from the root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
