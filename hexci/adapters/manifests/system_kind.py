"""The kind `System`."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.parts import Caps, LimitsModel, MetadataModel, Name, Text, Word

PipedFrom = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*\.out\.[a-z][a-z0-9_-]*$")]


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
