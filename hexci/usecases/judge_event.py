"""Who caused the event that a system's job runs on, and what that leaves of its law."""

from hexci.domain.asking.delivery import Delivery
from hexci.domain.law.caps import Cap, CapLayer
from hexci.domain.manifests.triggers import is_strangers
from hexci.domain.plan import Trust
from hexci.ports.forge import People

# Strangers may have things checked; nothing is spent, started or written for them.
_STRANGER = CapLayer("an event that a stranger caused", (Cap("fs.read"),))


def trust_in(delivery: Delivery, *, people: People) -> Trust:
    """How far whoever caused `delivery` is trusted; strangers' events are asked about."""
    if not is_strangers(delivery.name):
        return Trust.TRUSTED  # only who can write causes it, or the clock
    sender = delivery.sender
    if sender is None or sender.is_bot or (delivery.change and delivery.change.from_fork):
        return Trust.UNTRUSTED
    granted = people.permission(sender.login)
    if not (granted.may_write and granted.account == sender.id):
        return Trust.UNTRUSTED
    return Trust.MEMBER if delivery.change else Trust.TRUSTED


def layer_for(trust: Trust) -> CapLayer | None:
    """The capabilities that are left to an event of this trust; None: all."""
    return _STRANGER if trust is Trust.UNTRUSTED else None
