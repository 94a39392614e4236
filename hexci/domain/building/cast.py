"""Who plays which part in a build: different candidates where there are several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexci.domain.agent.tools import LOOKING, NAMES
from hexci.domain.building.order import BuildOrder
from hexci.domain.debate.roles import Role

_MOST_SKEPTICS = 3
BUILDER = "builder"
TESTER = "tester"
LEAD = "lead"
_LOOKING = tuple(f"tool:{tool.name}" for tool in LOOKING)


@dataclass(frozen=True, slots=True)
class Cast:
    """The roles of one build. `architects` and `critics` are in the order of the designs."""

    architects: tuple[Role, ...]
    critics: tuple[Role, ...]
    lead: Role
    skeptics: tuple[Role, ...]
    tester: Role
    builders: tuple[Role, ...]

    @property
    def everybody(self) -> tuple[Role, ...]:
        """All roles."""
        return (*self.architects, *self.critics, self.lead, *self.skeptics, self.tester,
                *self.builders)  # fmt: skip

    @property
    def needed(self) -> int:
        """Votes that carry a specification: more than half of the skeptics."""
        return len(self.skeptics) // 2 + 1


def cast_of(
    order: BuildOrder,
    models: Sequence[str],
    builders: Sequence[str],
    hosts: Mapping[str, str] | None = None,
) -> Cast:
    """The cast: `models` are chat models, `builders` candidates of any kind, in their order.

    `hosts` are those that asking a candidate reaches, for its caps.

    A critic is another model than its architect, a tester another than the first builder, and
    every skeptic another than all others, where there are enough.
    """

    def asking(spec: str) -> tuple[str, ...]:
        host = (hosts or {}).get(spec, "")
        return (f"llm:{spec}", f"net:{host}") if host else (f"llm:{spec}",)

    def builder(spec: str, number: int) -> Role:
        where = tuple(f"fs.write:{glob}" for glob in order.below) or ("fs.write",)
        tools = tuple(f"tool:{name}" for name in sorted(NAMES))
        caps = (*asking(spec), "fs.read", "spawn", *tools, *where)
        return Role(f"{BUILDER}-{number}", spec, caps)

    def talker(name: str, number: int) -> Role:
        spec = models[number % len(models)]
        return Role(name, spec, (*asking(spec), "fs.read", *_LOOKING))

    several = list(dict.fromkeys(models))
    tester = models[1 % len(models)]
    return Cast(
        tuple(talker(f"architect-{p}", n) for n, p in enumerate(order.priorities)),
        tuple(talker(f"critic-{p}", n + 1) for n, p in enumerate(order.priorities)),
        talker(LEAD, 0),
        tuple(talker(f"skeptic-{n}", n) for n in range(1, min(len(several), _MOST_SKEPTICS) + 1)),
        Role(TESTER, tester, (*asking(tester), "fs.read", *_LOOKING, "fs.write")),
        tuple(builder(spec, number) for number, spec in enumerate(builders, 1)),
    )
