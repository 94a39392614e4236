"""The order of an if chain: the second branch asked for before the first."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.families.statement import whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit


def propose(site: Site) -> Iterator[Proposal]:
    """`if a: … elif b: …` with both conditions and both bodies exchanged."""
    node = site.node
    assert isinstance(node, ast.If)  # noqa: S101
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


def _body(site: Site, node: ast.If) -> tuple[int, int]:
    return whole_lines(site, node.body[0])[0], whole_lines(site, node.body[-1])[1]


FAMILY = Family("branches", (ast.If,), propose, ceiling=0.6)
