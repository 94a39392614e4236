"""The kinds `Pipeline` and `Macro`."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.node_kinds import NodeModel
from hexci.adapters.manifests.parts import (
    Caps,
    Count,
    InputModel,
    LimitsModel,
    MetadataModel,
    Name,
    Word,
)

Include = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Includes = Annotated[tuple[Include, ...], Field(max_length=50)]


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
