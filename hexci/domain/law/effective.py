"""The merge rule: values: the last wins; limits: the smallest; allows: all; denies: any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.law.caps import Authority, Cap, CapLayer
from hexci.domain.law.limits import LIMITS, Ceiling


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place states. Layers are told outermost first: config, system, pipeline, node."""

    origin: str
    values: Mapping[str, Json] = field(default_factory=dict)
    limits: Ceiling = field(default=Ceiling())
    caps: CapLayer | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """One field as it counts: whose word it is, and what others said (origin, value, why not)."""

    name: str
    value: Json
    origin: str
    others: tuple[tuple[str, Json], ...] = ()


def effective(layers: Sequence[Layer]) -> tuple[Effective, ...]:
    """Every field that some layer states, sorted by name: values, limits, `allow`, `deny`."""
    return tuple(
        sorted(
            (*_values(layers), *_limits(layers), *_allowed(layers), *_denied(layers)),
            key=lambda one: (one.name, str(one.value)),
        )
    )


def _values(layers: Sequence[Layer]) -> list[Effective]:
    told: dict[str, list[tuple[str, Json]]] = {}
    for layer in layers:
        for name, value in layer.values.items():
            told.setdefault(name, []).append((layer.origin, value))
    return [
        Effective(name, said[-1][1], said[-1][0], tuple(said[:-1])) for name, said in told.items()
    ]


def _limits(layers: Sequence[Layer]) -> list[Effective]:
    found = []
    for part, name in LIMITS.items():
        said = [
            (layer.origin, value)
            for layer in layers
            if (value := getattr(layer.limits, part)) is not None
        ]
        if said:
            least = min(said, key=lambda one: one[1])
            others = tuple(one for one in said if one is not least)
            found.append(Effective(f"limits.{name}", least[1], least[0], others))
    return found


def _allowed(layers: Sequence[Layer]) -> list[Effective]:
    """Each capability that is granted by all, with who granted it last; others with who refuses."""
    authority = Authority(tuple(layer.caps for layer in layers if layer.caps))
    named: dict[Cap, str] = {}
    for layer in layers:
        for cap in (layer.caps.allow or ()) if layer.caps else ():
            named[cap] = layer.origin
    found = []
    for cap, origin in named.items():
        refusal = authority.refusal(cap.verb, cap.scope)
        if not refusal:
            found.append(Effective("caps.allow", str(cap), origin))
        elif not any(kept.covers(cap.verb, cap.scope) for kept in named if kept != cap):
            found.append(Effective("caps.refused", str(cap), origin, ((refusal, None),)))
    return found


def _denied(layers: Sequence[Layer]) -> list[Effective]:
    return [
        Effective("caps.deny", str(cap), layer.origin)
        for layer in layers
        if layer.caps
        for cap in layer.caps.deny
    ]
