"""What an agent must know before it touches files: the base's word, never the change's own."""

from collections.abc import Collection

from hexci.domain.ledger.cards import Brief, brief_of
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.sides import Sides
from hexci.ports.ledger import LedgerSource
from hexci.usecases.read_ledger import ledger_at


def brief_agent(
    paths: Collection[str], sides: Sides, *, policy: LedgerPolicy, source: LedgerSource
) -> Brief:
    """The cards that govern `paths`, read from the base tree: a change cannot brief its reader."""
    return brief_of(ledger_at(sides.base_tree, policy, source=source).records, paths)
