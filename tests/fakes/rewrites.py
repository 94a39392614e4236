"""All texts that an operator family makes of a small program."""

import ast
from collections.abc import Mapping

from hexci.domain.repair.proposal import Crash, Family, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import apply_edits, parse_source


def rewrites(
    family: Family, code: str, *, types: Mapping[str, str] | None = None, crash: Crash | None = None
) -> list[str]:
    """Every program that parses; `types` are run-time types of locals by name."""
    source = parse_source("a.py", code.encode())
    assert source is not None
    seen = {name: frozenset(kinds.split()) for name, kinds in (types or {}).items()}
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, family.kinds):
            scope = Scope(source, source.function_of(node) or source.tree, seen)
            for proposal in family.propose(Site(source, scope, node, (crash,) if crash else ())):
                assert 0 < proposal.weight <= family.ceiling, (proposal, family.ceiling)
                text = apply_edits(source.data, proposal.edits).decode()
                if _parses(text):
                    found.append(text)
    return found


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
