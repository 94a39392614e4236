"""A system: processes (pipelines) joined by typed pipes, and what starts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.law.caps import CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.faults import Origin

# Seconds for a process that nothing else limits: the platform's own limit is hours.
DEFAULT_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class Start:
    """What starts it: `manual`, `schedule` (with `cron`, UTC) or `event` (with `on`)."""

    type: str = "manual"
    cron: str = ""
    on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One pipeline of the system. `file` is where it stands, `pipeline` its name there.

    `each`: it runs once for each of these, `${item}` in its inputs; None: once.
    """

    name: str
    file: str
    pipeline: str = ""
    inputs: Mapping[str, Json] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    caps: CapLayer | None = None
    limits: Ceiling = field(default=Ceiling())
    each: tuple[Json, ...] | None = None


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


@dataclass(frozen=True, slots=True)
class ProcessRun:
    """A process that was begun: its run, and the values that it was given."""

    run: str
    given: Mapping[str, Json]
