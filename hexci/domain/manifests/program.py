"""A pipeline ready to run: names resolved, references parsed, order known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.law.caps import CapLayer
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.conditions import Term
from hexci.domain.manifests.pipeline import Budget, Conduct, Input, Transition
from hexci.domain.manifests.templates import Template


@dataclass(frozen=True, slots=True)
class Each:
    """What a foreach does: `kind` with `arguments` for each item of `over`."""

    over: Template
    kind: str
    arguments: Template
    concurrency: int


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a program. `needs` and `followers` are numbers of steps.

    `asks` are the steps that `when` looks at: it decides over their failures itself.
    """

    number: int
    name: str
    kind: str
    arguments: Template
    conduct: Conduct
    gives: Mapping[str, str]
    needs: tuple[int, ...] = ()
    followers: tuple[int, ...] = ()
    when: Term | None = None
    asks: frozenset[int] = frozenset()
    layer: CapLayer | None = None
    ceiling: Ceiling = field(default=Ceiling())
    policy: str = ""
    per_minute: int | None = None
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """All steps in an order in which every step comes after what it needs."""

    name: str
    steps: tuple[Step, ...]
    inputs: Mapping[str, Input] = field(default_factory=dict)
    outputs: Mapping[str, Template] = field(default_factory=dict)
    layer: CapLayer = field(default=CapLayer("the pipeline", ()))
    ceiling: Ceiling = field(default=Ceiling())
    concurrency: int = 4
    digest: str = ""
    lock: str = ""
    budget: Budget | None = None
    entity: Transition | None = None

    def waves(self) -> tuple[tuple[str, ...], ...]:
        """Names by the number of steps that must come before, for a reader; nothing waits so."""
        depth: list[int] = []
        for step in self.steps:
            depth.append(1 + max((depth[need] for need in step.needs), default=-1))
        return tuple(
            tuple(step.name for step in self.steps if depth[step.number] == wave)
            for wave in range(max(depth, default=-1) + 1)
        )
