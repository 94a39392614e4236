"""Wires the pages of rules."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.domain.rule import Rule


# a rule's letters → the module whose RULES hold its page
RULE_TABLES = {"ADR": "hexci.domain.ledger.rules.table"}


def explained(rule_id: str) -> str:
    """The page of a rule. Raises BadInputError for an unknown one."""
    from hexci.domain.rule import page
    from hexci.errors import BadInputError

    rules = known_rules()
    wanted = rule_id.upper()
    named = next((rule for rule in rules if wanted in {rule.id, rule.name.upper()}), None)
    if named is None:
        listed = "\n  ".join(f"{rule.id} {rule.name}" for rule in rules)
        raise BadInputError(f"there is no rule {rule_id!r}", f"Known:\n  {listed}")
    return page(named)


def known_rules() -> "list[Rule]":
    """Every rule that has a page, by id."""
    import importlib

    rules = [
        rule for module in RULE_TABLES.values() for rule in importlib.import_module(module).RULES
    ]
    return sorted(rules, key=lambda rule: rule.id)
