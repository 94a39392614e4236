"""The kinds of manifests: each document is exactly one of these models."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.config import ConfigModel
from hexci.adapters.manifests.node_kinds import NodeModel, OnError
from hexci.adapters.manifests.parts import (
    Caps,
    Count,
    InputModel,
    LimitsModel,
    MetadataModel,
    Name,
    RetryModel,
    Seconds,
    Text,
    Word,
)

Include = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Includes = Annotated[tuple[Include, ...], Field(max_length=50)]
PipedFrom = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*\.out\.[a-z][a-z0-9_-]*$")]


class BudgetModel(Strict):
    """What all runs of one UTC day may use; each sets its limits aside before it starts."""

    name: Name
    max_usd: Annotated[float, Field(ge=0, strict=False)] | None = None
    max_tokens: Count | None = None
    max_calls: Count | None = None


class EntityModel(Strict):
    """An entity that is moved to a state after every node ended well, and not before."""

    kind: Name
    id: Word
    to: Name


class PipelineSpec(Strict):
    """A pipeline."""

    inputs: dict[Name, InputModel] = Field(default_factory=dict)
    nodes: Annotated[dict[Name, NodeModel], Field(min_length=1, max_length=5_000)]
    outputs: dict[Name, JsonValue] = Field(default_factory=dict)
    caps: Caps = ()
    limits: LimitsModel | None = None
    concurrency: Annotated[int, Field(ge=1, le=64)] = 4
    lock: Name | None = None
    budget: BudgetModel | None = None
    entity: EntityModel | None = None


class PipelineModel(Strict):
    """Nodes with needs, executed under capabilities and limits."""

    kind: Literal["Pipeline"]
    metadata: MetadataModel
    include: Includes = ()
    spec: PipelineSpec


class MacroSpec(Strict):
    """A macro."""

    inputs: dict[Name, InputModel] = Field(default_factory=dict)
    nodes: Annotated[dict[Name, NodeModel], Field(min_length=1, max_length=200)]
    outputs: dict[Name, Word] = Field(default_factory=dict)


class MacroModel(Strict):
    """A sub-graph with parameters, put in as data."""

    kind: Literal["Macro"]
    metadata: MetadataModel
    include: Includes = ()
    spec: MacroSpec


class PolicySpec(Strict):
    """A way to carry nodes out."""

    retry: RetryModel | None = None
    timeout: Seconds | None = None
    attempt_timeout: Seconds | None = None
    on_error: OnError | None = None
    per_minute: Annotated[int, Field(ge=1, le=10_000)] | None = None
    approval: bool = False


class PolicyModel(Strict):
    """A named way to carry nodes out."""

    kind: Literal["Policy"]
    metadata: MetadataModel
    spec: PolicySpec


class ModelLimitsModel(Strict):
    """The most that all calls of one model may use in a run."""

    max_usd: Annotated[float, Field(ge=0, strict=False)] | None = None
    max_tokens: Count | None = None
    max_calls: Count | None = None


class AdapterSpec(Strict):
    """A candidate by its SPEC."""

    candidate: Word
    limits: ModelLimitsModel | None = None


class AdapterModel(Strict):
    """A named candidate."""

    kind: Literal["Adapter"]
    metadata: MetadataModel
    spec: AdapterSpec


class StartModel(Strict):
    """What starts a system."""

    type: Literal["manual", "schedule", "event"] = "manual"
    cron: Annotated[str, StringConstraints(pattern=r"^[\d*/,\-]+( [\d*/,\-]+){4}$")] | None = None
    on: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_.-]+)?$")], ...] = ()


class ProcessModel(Strict):
    """One pipeline of a system, of the file `exec`. `foreach`: once for each `${item}`."""

    exec: Word
    pipeline: Name | None = None
    inputs: dict[Name, JsonValue] = Field(default_factory=dict, alias="with")
    foreach: Annotated[tuple[JsonValue, ...], Field(min_length=1, max_length=256)] | None = None
    needs: tuple[Name, ...] = ()
    caps: Caps | None = None
    limits: LimitsModel | None = None


class PipeModel(Strict):
    """Outputs of one process that become inputs of another."""

    source: Name = Field(alias="from")
    target: Name = Field(alias="to")
    map: Annotated[dict[Name, PipedFrom], Field(min_length=1)]


class SystemSpec(Strict):
    """A system."""

    init: StartModel = StartModel()
    processes: Annotated[dict[Name, ProcessModel], Field(min_length=1, max_length=100)]
    pipes: tuple[PipeModel, ...] = ()
    caps: Caps | None = None
    limits: LimitsModel | None = None
    description: Text = ""


class SystemModel(Strict):
    """Pipelines joined by pipes; compiled to a workflow."""

    kind: Literal["System"]
    metadata: MetadataModel
    spec: SystemSpec


MODELS: dict[str, type[Strict]] = {
    "Pipeline": PipelineModel,
    "Macro": MacroModel,
    "Config": ConfigModel,
    "System": SystemModel,
    "Adapter": AdapterModel,
    "Policy": PolicyModel,
}
