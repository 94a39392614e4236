"""Whole statements: deleted, swapped with the next, moved into or out of a block."""

import ast
import textwrap
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_SIMPLE = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise, ast.Delete,
    ast.Continue, ast.Break, ast.Assert, ast.If, ast.For, ast.While,
)  # fmt: skip
_FARTHEST = 4  # statements that one is moved past


def propose(site: Site) -> Iterator[Proposal]:
    """Deletion, swap with the next, and other nesting of one statement."""
    node = site.node
    assert isinstance(node, ast.stmt)  # noqa: S101
    block = block_of(site, node)
    if block is None or not site.source.starts_line(node) or _is_docstring(node):
        return
    at = block.index(node)
    yield from _deleted(site, node, block)
    if isinstance(node, ast.If):
        yield from _chained(site, node, block, at)
    if at + 1 < len(block) and site.source.starts_line(block[at + 1]):
        yield from _swapped(site, node, block[at + 1])
    yield from _moved_by_several(site, node, block, at)
    yield from _moved_out(site, node, block)
    yield from _moved_in(site, node, block, at)


def block_of(site: Site, node: ast.stmt) -> list[ast.stmt] | None:
    """The list of statements a statement stands in."""
    parent = site.source.parent(node)
    for part in ("body", "orelse", "finalbody"):
        block = getattr(parent, part, None)
        if isinstance(block, list) and node in block:
            return block
    return None


def whole_lines(site: Site, node: ast.stmt) -> tuple[int, int]:
    """The byte range of all lines a statement is on, line end included."""
    starts = site.source.starts
    assert node.end_lineno is not None  # noqa: S101
    end = starts[node.end_lineno] if node.end_lineno < len(starts) else len(site.source.data)
    return starts[node.lineno - 1], end


def _deleted(site: Site, node: ast.stmt, block: list[ast.stmt]) -> Iterator[Proposal]:
    calls = any(isinstance(n, ast.Call) for n in ast.walk(node))
    big = isinstance(node, (ast.For, ast.While)) or (
        isinstance(node, ast.If) and len(node.body) > 2
    )
    weight = 0.15 if calls or big else 0.4
    if len(block) == 1:
        edit = Edit(*site.source.span(node), "pass")
    else:
        edit = Edit(*whole_lines(site, node), "")
    suspect = isinstance(node, (ast.Raise, ast.Assert, ast.For, ast.While)) or (
        calls and isinstance(node, ast.Expr)
    )
    yield Proposal((edit,), "delete", weight, suspect)
    if isinstance(node, ast.If) and not node.orelse:
        inner = site.source.between(*_lines_of(site, node.body))
        text = textwrap.indent(textwrap.dedent(inner), site.source.indent(node))
        yield Proposal((Edit(*whole_lines(site, node), text),), "drop the condition", 0.4)


def _swapped(site: Site, node: ast.stmt, other: ast.stmt) -> Iterator[Proposal]:
    first, second = site.source.span(node), site.source.span(other)
    edits = (Edit(*first, site.text(other)), Edit(*second, site.text(node)))
    weight = 0.5 if not isinstance(other, (ast.For, ast.While, ast.If)) else 0.3
    yield Proposal(edits, "swap statements", weight)


def _moved_by_several(
    site: Site, node: ast.stmt, block: list[ast.stmt], at: int
) -> Iterator[Proposal]:
    """Past two statements or more of its own block, or to the begin of the loop after it."""
    if not all(site.source.starts_line(each) for each in block):
        return
    start, end = whole_lines(site, node)
    text = _reindented(site, node, site.source.indent(node))
    for to, other in enumerate(block):
        if abs(to - at) < 2 or abs(to - at) > _FARTHEST or _is_docstring(other):
            continue
        place = whole_lines(site, other)[1 if to > at else 0]
        if place >= end or place <= start:
            edits = (Edit(start, end, ""), Edit(place, place, text))
            yield Proposal(edits, "move within the block", 0.3)
    after = next((s for s in block[at + 1 : at + 3] if isinstance(s, (ast.For, ast.While))), None)
    if after is not None and site.source.starts_line(after.body[0]):
        inner = _reindented(site, node, site.source.indent(after.body[0]))
        place = whole_lines(site, after.body[0])[0]
        edits = (Edit(start, end, ""), Edit(place, place, inner))
        yield Proposal(edits, "move into the loop", 0.4)


def _chained(site: Site, node: ast.If, block: list[ast.stmt], at: int) -> Iterator[Proposal]:
    """`elif` for an `if` that follows another, and `if` for `elif`."""
    start = site.source.span(node)[0]
    before = block[at - 1] if at else None
    if site.source.between(start, start + 4) == "elif":
        yield Proposal((Edit(start, start + 4, "if"),), "elif to if", 0.4)
    elif isinstance(before, ast.If) and not _has_else(before):
        yield Proposal((Edit(start, start + 2, "elif"),), "if to elif", 0.4)


def _has_else(node: ast.If) -> bool:
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
    return bool(node.orelse)


def _moved_out(site: Site, node: ast.stmt, block: list[ast.stmt]) -> Iterator[Proposal]:
    parent = site.source.parent(node)
    movable = isinstance(parent, (ast.For, ast.While, ast.If, ast.With, ast.Try))
    if not movable or block[-1] is not node or len(block) < 2 or not isinstance(parent, ast.stmt):
        return
    start, end = whole_lines(site, node)
    text = _reindented(site, node, site.source.indent(parent))
    after = whole_lines(site, parent)[1]
    if after == end:
        yield Proposal((Edit(start, end, text),), "move out of the block", 0.4)
    else:
        edits = (Edit(start, end, ""), Edit(after, after, text))
        yield Proposal(edits, "move out of the block", 0.3)
    before = site.source.starts[parent.lineno - 1]
    if isinstance(parent, (ast.For, ast.While)) and site.source.starts_line(parent):
        edits = (Edit(before, before, text), Edit(start, end, ""))
        yield Proposal(edits, "move before the block", 0.3)


def _moved_in(site: Site, node: ast.stmt, block: list[ast.stmt], at: int) -> Iterator[Proposal]:
    before = block[at - 1] if at else None
    if not isinstance(before, (ast.For, ast.While, ast.If, ast.With)):
        return
    last = (getattr(before, "orelse", None) or before.body)[-1]
    if not site.source.starts_line(last):
        return
    text = _reindented(site, node, site.source.indent(last))
    start, end = whole_lines(site, node)
    after = whole_lines(site, last)[1]
    if len(block) > 1 and after <= start:
        edit = (Edit(after, after, text), Edit(start, end, ""))
        yield Proposal(edit, "move into the block", 0.6)


def _reindented(site: Site, node: ast.stmt, indent: str) -> str:
    text = site.source.between(*whole_lines(site, node))
    text = text if text.endswith("\n") else f"{text}\n"
    old = site.source.indent(node)
    lines = text.splitlines(keepends=True)
    return "".join(indent + line.removeprefix(old) if line.strip() else line for line in lines)


def _lines_of(site: Site, body: list[ast.stmt]) -> tuple[int, int]:
    return whole_lines(site, body[0])[0], whole_lines(site, body[-1])[1]


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


FAMILY = Family("statement", _SIMPLE, propose, ceiling=0.6)
