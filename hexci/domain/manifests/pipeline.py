"""A pipeline as it was written: nodes with needs, what they may do, what they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hexci.domain.canonical import Json
from hexci.domain.law.caps import CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.faults import Origin

TYPES = ("string", "integer", "number", "boolean", "list", "object")


@dataclass(frozen=True, slots=True)
class NodeKind:
    """What a kind of node does, the capabilities it always needs, and what it gives."""

    name: str
    means: str
    gives: Mapping[str, str]
    caps: tuple[str, ...] = ()


def _kind(name: str, means: str, caps: tuple[str, ...] = (), **gives: str) -> NodeKind:
    return NodeKind(name, means, MappingProxyType(gives), caps)


_GATE = {"tree": "string", "reason": "string"}
_FOUND = {"findings": "integer", "messages": "list", "report": "string"}
# of a node that tracks what it finds
_TRACKED = {**_FOUND, "new": "integer", "fixed": "integer", "dismissed": "integer"}
NODE_KINDS = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            _kind("run", "run a command (argv, no shell) in a sandboxed clone of the commit",
                  ("spawn",), exit_code="integer", output="string", lines="list"),
            _kind("agent", "let candidates change a copy; commit what the evidence proves",
                  ("spawn",), run="string", branch="string", commit="string",
                  candidate="string", **_GATE),
            _kind("gate", "judge a change by the evidence, without making one",
                  ("spawn",), **_GATE),
            _kind("analyze", "check who imports whom against the boundaries",
                  ("fs.read",), **_TRACKED),
            _kind("adr", "check the step of the decision ledger",
                  ("fs.read",), **_FOUND),
            _kind("review", "hunt for defects; believe what a test shows", ("spawn",), **_TRACKED),
            _kind("comment", "write one comment on an issue or pull request", ("comment",),
                  url="string"),
            _kind("pr", "open or update a pull request", ("pr.open",), number="integer",
                  url="string"),
            _kind("publish", "put an event on a topic; start who listens", ("publish",),
                  serial="integer", started="boolean"),
            _kind("wait", "suspend the run until somebody approves", ("state",),
                  approved="boolean", by="string"),
            _kind("foreach", "do one thing for each item of a list", (), items="list"),
            _kind("use", "stand in for the nodes of a macro"),
        )
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Retry:
    """How often and how patiently: `wait` seconds, times `factor` each time."""

    attempts: int = 1
    wait: float = 1.0
    factor: float = 2.0
    on: tuple[str, ...] = ("infra_error", "model_error", "timeout", "conflict")


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a node is carried out. `timeout` is for all attempts, `attempt_timeout` for one.

    `on_error`: `stop` starts nothing more, `continue` takes the failure as handled, and `branch`
    (processes of a system) ends what depends on it while the others go on and the run fails.
    """

    retry: Retry = Retry()
    timeout: float | None = None
    attempt_timeout: float | None = None
    on_error: str = "stop"


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `arguments` and `when` still hold references; `body` is a foreach's own node."""

    name: str
    kind: str
    arguments: Mapping[str, Json]
    needs: tuple[str, ...] = ()
    when: str = ""
    conduct: Conduct | None = None
    policy: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    caps: CapLayer | None = None
    limits: Ceiling = field(default=Ceiling())
    origin: Origin = field(default=Origin())
    path: tuple[str | int, ...] = ()

    @property
    def gives(self) -> Mapping[str, str]:
        """The node's outputs by name, with their types."""
        return {**NODE_KINDS[self.kind].gives, **self.outputs}


@dataclass(frozen=True, slots=True)
class Input:
    """One value that a pipeline or macro is given."""

    type: str = "string"
    required: bool = False
    default: Json = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What all runs of one UTC day may use together."""

    name: str
    ceiling: Ceiling


@dataclass(frozen=True, slots=True)
class Transition:
    """What a pipeline does to an entity when it ends well; `id` may name inputs."""

    kind: str
    id: str
    to: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Nodes and the law they are under. `lock`: only one run that names it goes on at a time."""

    name: str
    nodes: tuple[Node, ...]
    inputs: Mapping[str, Input] = field(default_factory=dict)
    outputs: Mapping[str, Json] = field(default_factory=dict)
    caps: CapLayer = field(default=CapLayer("the pipeline", ()))
    limits: Ceiling = field(default=Ceiling())
    concurrency: int = 4
    origin: Origin = field(default=Origin())
    lock: str = ""
    budget: Budget | None = None
    entity: Transition | None = None


@dataclass(frozen=True, slots=True)
class Macro:
    """A sub-graph with parameters; `nodes` are as parsed from data, one for each name."""

    name: str
    inputs: Mapping[str, Input]
    nodes: tuple[Node, ...]
    outputs: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default=Origin())


@dataclass(frozen=True, slots=True)
class Policy:
    """A named way to carry nodes out; nodes refer to it by `policy`.

    `per_minute`: how many of its nodes may start in a minute. `approval`: somebody has to say
    yes before one starts.
    """

    name: str
    conduct: Conduct
    per_minute: int | None = None
    approval: bool = False
    origin: Origin = field(default=Origin())


@dataclass(frozen=True, slots=True)
class Adapter:
    """A named candidate; pipelines say its name where a SPEC is expected."""

    name: str
    candidate: str
    limits: Ceiling = field(default=Ceiling())
    origin: Origin = field(default=Origin())
