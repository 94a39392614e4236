"""The order of an if chain: the second branch asked for before the first."""

import ast
import re
from collections.abc import Iterator

from hexci.domain.repair.atoms import atoms
from hexci.domain.repair.families.statement import whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_ELSE = re.compile(r"^\s*(else)\s*:", re.MULTILINE)


def propose(site: Site) -> Iterator[Proposal]:
    """`if a: … elif b: …` with conditions and bodies exchanged, `elif b:` for a last `else:`."""
    node = site.node
    assert isinstance(node, ast.If)  # noqa: S101
    yield from _asked(site, node)
    after = node.orelse[0] if len(node.orelse) == 1 else None
    if not isinstance(after, ast.If) or not site.text(after).startswith("elif"):
        return
    if not all(site.source.starts_line(branch.body[0]) for branch in (node, after)):
        return
    first, second = _body(site, node), _body(site, after)
    edits = (
        Edit(*site.source.span(node.test), site.text(after.test)),
        Edit(*first, site.source.between(*second)),
        Edit(*site.source.span(after.test), site.text(node.test)),
        Edit(*second, site.source.between(*first)),
    )
    if site.source.between(*second).endswith("\n"):
        yield Proposal(edits, "swap branches", 0.6)


def _asked(site: Site, node: ast.If) -> Iterator[Proposal]:
    """What was done else only where a condition says so."""
    if not node.orelse or not site.source.starts_line(node.orelse[0]):
        return
    end = site.source.span(node.body[-1])[1]
    between = site.source.between(end, site.source.span(node.orelse[0])[0])
    found = _ELSE.search(between)
    if found is None or isinstance(node.orelse[0], ast.If):
        return
    at = end + len(between[: found.start(1)].encode())
    for atom, weight in atoms(site):
        edit = Edit(at, at + len("else"), f"elif {atom}")
        yield Proposal((edit,), f"else to elif {atom}", weight * 0.5)


def _body(site: Site, node: ast.If) -> tuple[int, int]:
    return whole_lines(site, node.body[0])[0], whole_lines(site, node.body[-1])[1]


FAMILY = Family("branches", (ast.If,), propose, ceiling=0.6)
