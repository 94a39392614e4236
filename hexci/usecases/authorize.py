"""Before anything is had done: who asks, may they, and what is written down about it."""

from dataclasses import dataclass, replace

from hexci.domain.law.governance import Asked, Governance, judge
from hexci.errors import DeniedError
from hexci.ports.clock import Clock
from hexci.ports.governance import Audit, Roles


@dataclass(frozen=True, slots=True)
class Court:
    """The law of a repository about people, and its means. `token` is what kind of key acts."""

    governance: Governance
    roles: Roles
    audit: Audit
    clock: Clock
    token: str = ""


def authorize(asked: Asked, subject: str, commit: str, court: Court) -> None:
    """Returns when `asked` is allowed; the decision about `subject` is written on `commit` before.

    The role is looked up here: what `asked` says of it does not count. Raises DeniedError.
    """
    named = {name.casefold(): role for name, role in court.governance.people.items()}
    role = named.get(asked.actor.casefold()) or court.roles.role(asked.actor)
    judgement = judge(replace(asked, role=role), court.governance)
    court.audit.write(commit, {
        "at": court.clock.now(), "who": asked.actor, "role": role, "action": asked.action,
        "subject": subject, "event": asked.where.event, "rule": judgement.rule,
        "verdict": "allowed" if judgement.allowed else "denied", "reason": judgement.reason,
        "token": court.token,
    })  # fmt: skip
    if not judgement.allowed:
        said = f"{asked.action} {subject}: {judgement.reason} ({judgement.rule})"
        raise DeniedError(said, "Who may is the config's word: hexci config --show-origin")
