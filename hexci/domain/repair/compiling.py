"""A proposal made and compiled, as little of its file as tells what it changed."""

import ast
from dataclasses import dataclass
from functools import lru_cache

from hexci.domain.repair.proposal import Proposal
from hexci.domain.repair.source import Edit, FunctionNode, Source, apply_edits
from hexci.domain.repair.unit import (
    CompiledUnit,
    Unit,
    compile_unit,
    digest_of_code,
    digest_of_statement,
    lines_of_statement,
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A file with edits made. `units` None: more than functions must be exchanged for it."""

    data: bytes
    units: tuple[CompiledUnit, ...] | None
    digest: str


def compile_proposal(
    source: Source, unit: Unit | None, node: ast.AST, proposal: Proposal
) -> Compiled | None:
    """The file with the edits made, and what of it must be exchanged; None if it is no Python."""
    try:
        data = apply_edits(source.data, proposal.edits)
    except ValueError:
        return None
    if unit is not None and unit.holds(proposal.edits):
        compiled = compile_unit(source, unit, proposal.edits)
        if compiled is None:
            return None
        digest = f"{source.path}:{unit.start}:{compiled.digest}"
        return Compiled(source.encoded(data), (compiled,), digest)
    statement = _statement_outside(source, node, proposal.edits)
    if statement is None:
        whole = digest_of_code(data.decode("utf-8", "surrogatepass"))
        return Compiled(source.encoded(data), None, f"{source.path}:{whole}") if whole else None
    own = digest_of_statement(source, statement, proposal.edits)
    if own is None or own == _digest_outside(source, statement):
        return None
    return Compiled(source.encoded(data), None, f"{source.path}:{statement.lineno}:{own}")


def _statement_outside(source: Source, node: ast.AST, edits: tuple[Edit, ...]) -> ast.stmt | None:
    """The smallest statement outside functions that holds a node and all edits; None: the file."""
    if not isinstance(node, (ast.expr, ast.stmt)):
        return None
    found = None
    for each in (node, *source.around(node)):
        if isinstance(each, FunctionNode):
            found = None  # what is inside a function is no statement by itself
        if not isinstance(each, ast.stmt):
            continue
        start, end = lines_of_statement(source, each)
        inside = all(start <= edit.start and edit.end <= end for edit in edits)
        if found is None and inside and source.starts_line(each):
            found = each
    return found


@lru_cache(maxsize=512)
def _digest_outside(source: Source, statement: ast.stmt) -> str | None:
    return digest_of_statement(source, statement, ())


def digest_of_unit(source: Source, unit: Unit) -> str:
    """What `Compiled.digest` is where nothing of a function was changed."""
    compiled = compile_unit(source, unit, ())
    return f"{source.path}:{unit.start}:{compiled.digest}" if compiled else ""
