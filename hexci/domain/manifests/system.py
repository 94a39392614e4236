"""A system: processes (pipelines) joined by typed pipes, and what starts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.law.caps import CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.faults import Origin


@dataclass(frozen=True, slots=True)
class Start:
    """What starts it: `manual`, `schedule` (with `cron`, UTC) or `event` (with `on`)."""

    type: str = "manual"
    cron: str = ""
    on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One pipeline of the system. `file` is where it stands, `pipeline` its name there."""

    name: str
    file: str
    pipeline: str = ""
    inputs: Mapping[str, Json] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    caps: CapLayer | None = None
    limits: Ceiling = field(default=Ceiling())


@dataclass(frozen=True, slots=True)
class Pipe:
    """Values that go from one process to another: input name → `process.output`."""

    giver: str
    taker: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class System:
    """Processes, pipes and the law above them."""

    name: str
    processes: tuple[Process, ...]
    pipes: tuple[Pipe, ...] = ()
    start: Start = Start()
    caps: CapLayer | None = None
    limits: Ceiling = field(default=Ceiling())
    origin: Origin = field(default=Origin())
