"""Who may have what done: a role for each action, and conditions on where. Denied by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hexci.domain.globs import matches

# GitHub's own words, from least to most.
ROLES = ("none", "read", "triage", "write", "maintain", "admin")
# What is asked for, and the least role that may, where the config says nothing: below write
# nobody has anything done that spends or writes.
ACTIONS = MappingProxyType(
    {
        "run": "write",  # start or go on with a pipeline or system
        "answer": "write",  # approve or reject a wait
        "move": "write",  # move an entity
        "publish": "write",  # put an event on a topic
    }
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """Where something is asked for: what conditions can look at."""

    path: str = ""
    branch: str = ""
    event: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Globs on attributes; all that are stated must match one of theirs."""

    path: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    label: tuple[str, ...] = ()

    def holds(self, where: Attributes) -> bool:
        """Whether it is true of a place."""
        return (
            _one(self.path, (where.path,))
            and _one(_whole(self.branch), (where.branch,))
            and _one(_whole(self.event), (where.event,))
            and _one(_whole(self.label), where.labels)
        )


@dataclass(frozen=True, slots=True)
class GovernanceRule:
    """Where `when` holds, `actions` need at least `role`; without one nobody may."""

    name: str
    actions: tuple[str, ...]
    role: str = ""
    when: Condition = field(default=Condition())


@dataclass(frozen=True, slots=True)
class Governance:
    """The config's own word: roles of people, least roles of actions, rules that add to them.

    `another`: who answers a wait must be somebody else than who started the run.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[GovernanceRule, ...] = ()
    another: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what, and where. `starter` began what is answered."""

    actor: str
    role: str
    action: str
    where: Attributes = field(default=Attributes())
    starter: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decision, and the rule that made it."""

    allowed: bool
    rule: str
    reason: str


def judge(asked: Asked, governance: Governance) -> Judgement:
    """The decision: every rule must let it pass, an unknown action or role never does."""
    least = governance.actions.get(asked.action, ACTIONS.get(asked.action, ""))
    said = _refusal(asked, least)
    if said:
        return Judgement(allowed=False, rule=f"actions.{asked.action}", reason=said)
    for rule in governance.rules:
        if asked.action in rule.actions and rule.when.holds(asked.where):
            said = _refusal(asked, rule.role)
            if said:
                return Judgement(allowed=False, rule=rule.name, reason=said)
    same = asked.starter.casefold() == asked.actor.casefold()
    if governance.another and asked.action == "answer" and same:
        said = f"{asked.actor} started it: somebody else has to answer"
        return Judgement(allowed=False, rule="another", reason=said)
    return Judgement(
        allowed=True, rule=f"actions.{asked.action}", reason=f"{asked.role} may {asked.action}"
    )


def _refusal(asked: Asked, least: str) -> str:
    if not least:
        return f"nobody may {asked.action} here"
    if asked.role not in ROLES or ROLES.index(asked.role) < ROLES.index(least):
        who = f"{asked.actor or 'somebody'} is {asked.role or 'unknown'}"
        return f"{who}; {asked.action} needs {least}"
    return ""


def _whole(globs: tuple[str, ...]) -> tuple[str, ...]:
    """Globs of names that are no paths: `main` is not `topic/main`."""
    return tuple(f"/{glob}" for glob in globs)


def _one(globs: tuple[str, ...], values: tuple[str, ...]) -> bool:
    return not globs or any(matches(value, globs) for value in values if value)
