"""Wires the law about people: roles from the forge or the place, audit notes in git."""

import os
from typing import TYPE_CHECKING

from hexci.compose import forge

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.domain.config import Config
    from hexci.ports.governance import Audit, Roles


def allowed(  # noqa: PLR0913 - who asks for what, where
    action: str,
    subject: str,
    commit: str,
    config: "Config",
    checkout: "Checkout",
    *,
    actor: str,
    starter: str = "",
    by_event: bool = False,
) -> None:
    """Returns when `actor` may have `action` done to `subject`; it is noted on `commit`.

    `by_event`: only who may write could cause this event, or nobody did (a schedule).
    Raises DeniedError when not.
    """
    from dataclasses import replace

    from hexci.adapters.machine.asking_place import place_of
    from hexci.adapters.machine.clock import SystemClock
    from hexci.domain.law.governance import Asked
    from hexci.usecases.authorize import Court, authorize

    where = replace(place_of(os.environ, checkout.branch()), path=subject.partition("#")[0])
    token = "job" if forge.place() else "none"
    roles = _roles(by_event=by_event)
    court = Court(config.governance, roles, audit_of(checkout), SystemClock(), token)
    authorize(Asked(actor, "", action, where, starter), subject, commit, court)


def audit_of(checkout: "Checkout") -> "Audit":
    """The notes about decisions: of the remote that HEXCI_STATE_REMOTE names, else of here."""
    from hexci.adapters.git.audit import GitAudit
    from hexci.adapters.git.refs import GitRefs

    return GitAudit(GitRefs(checkout.git, os.environ.get("HEXCI_STATE_REMOTE", "")))


def _roles(*, by_event: bool) -> "Roles":
    from hexci.adapters.machine.asking_place import role_by_event
    from hexci.adapters.machine.local_roles import SameRole

    # in a person's own shell the name is the machine's, which the forge does not know
    in_job = os.environ.get("GITHUB_ACTIONS") == "true"
    asked = in_job and forge.place() and not by_event
    return forge.forge_here() if asked else SameRole(role_by_event(os.environ))
