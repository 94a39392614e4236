"""`spec.governance` and `spec.entities` of the config: who may what, and lives of things."""

from typing import Annotated, Literal

from pydantic import Field

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.parts import Name
from hexci.domain.law.governance import Condition, Governance, GovernanceRule
from hexci.domain.machine import MACHINES, Machine

Role = Literal["none", "read", "triage", "write", "maintain", "admin"]
Action = Literal["run", "answer", "move", "publish"]
Glob = Annotated[str, Field(min_length=1, max_length=200)]
Globs = tuple[Glob, ...]


class ConditionModel(Strict):
    """Where a rule holds: every attribute that is stated must match."""

    path: Globs = ()
    branch: Globs = ()
    event: Globs = ()
    label: Globs = ()


class GovernanceRuleModel(Strict):
    """Where `when` holds, the actions need at least this role; `role: null`: nobody may."""

    name: Name
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    role: Role | None
    when: ConditionModel = ConditionModel()


class GovernanceModel(Strict):
    """Who may have what done."""

    people: dict[str, Role] = Field(default_factory=dict)
    actions: dict[Action, Role] = Field(default_factory=dict)
    rules: tuple[GovernanceRuleModel, ...] = ()
    another: bool = False


class MachineModel(Strict):
    """A kind of entity: the state it begins in, and the states that may follow each."""

    initial: Name
    moves: Annotated[dict[Name, tuple[Name, ...]], Field(min_length=1, max_length=50)]


def governance_of(model: GovernanceModel) -> Governance:
    """The law about people."""
    rules = tuple(
        GovernanceRule(
            rule.name,
            rule.actions,
            rule.role or "",
            Condition(rule.when.path, rule.when.branch, rule.when.event, rule.when.label),
        )
        for rule in model.rules
    )
    actions: dict[str, str] = {str(action): str(role) for action, role in model.actions.items()}
    return Governance(dict(model.people), actions, rules, model.another)


def machines_of(models: dict[str, MachineModel]) -> dict[str, Machine]:
    """Every kind of entity that the repository has; those that hexci brings stay as they are."""
    own = {name: Machine(name, model.initial, model.moves) for name, model in models.items()}
    return {**own, **MACHINES}


def unknown_states(name: str, model: MachineModel) -> str:
    """What is wrong with a machine's states; empty when nothing is."""
    if name in MACHINES:
        return f"{name} is a kind of entity that hexci brings"
    named = {model.initial, *(state for states in model.moves.values() for state in states)}
    lacking = sorted(named - set(model.moves))
    return f"{', '.join(lacking)}: no such state in moves" if lacking else ""
