"""Donor code: an expression or statement that stands elsewhere in the same function or file."""

import ast
import builtins
import re
from collections.abc import Iterator

from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import spelling_likeness
from hexci.domain.repair.source import Edit, FunctionNode

_MOST_EXPRESSIONS = 20
_MOST_STATEMENTS = 10
_BOUND = 3  # names of a comprehension or lambda
_LONGEST = 40  # letters of an expression that is told with another name
_CALCULATED = (ast.BinOp, ast.Subscript, ast.Call, ast.Compare)
_PEER = 0.4  # likeness from which a statement of the file is a donor
_STRANGER = 0.55  # and one of another file
_FAR = 0.7  # what distance takes away
_TRUTHS = (ast.Compare, ast.BoolOp)
_NO_TRUTHS = (ast.Call, ast.BinOp, ast.Compare, ast.Subscript, ast.AugAssign)
_STRANGE = 0.4  # likeness of a comparison where a value of another kind stands
_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise)


def propose(site: Site) -> Iterator[Proposal]:
    """What the author wrote at a like place, put here."""
    node = site.node
    if isinstance(node, ast.expr):
        yield from _expressions(site, node)
    elif isinstance(node, ast.stmt):
        yield from _statements(site, node)


def _expressions(site: Site, node: ast.expr) -> Iterator[Proposal]:
    if isinstance(node, (ast.Name, ast.Constant)) and not _in_donor_role(site, node):
        return
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    text = site.text(node)
    found: dict[str, float] = {}
    not_truth = isinstance(site.source.parent(node), _NO_TRUTHS) and not isinstance(node, _TRUTHS)
    for other in site.scope.expressions:
        if isinstance(other, (ast.Name, ast.Constant, ast.Starred, ast.Slice)):
            continue
        new = site.text(other)
        if new != text and "\n" not in new and len(new) <= 80 and not _overlaps(site, node, other):
            alike = 0.5 if type(other) is type(node) else 0.25
            alike *= _STRANGE if isinstance(other, _TRUTHS) and not_truth else 1.0
            found[new] = max(
                found.get(new, 0.0), alike * (0.5 + 0.5 * spelling_likeness(text, new))
            )
    for new, weight in _best(found, _MOST_EXPRESSIONS):
        yield site.put(node, new, "donor expression", weight)
    for new, weight in _best(dict(_told_with_bound(site, node)), _MOST_EXPRESSIONS):
        if new not in found and new != text:
            yield site.put(node, new, "donor of bound names", weight)


def _told_with_bound(site: Site, node: ast.expr) -> Iterator[tuple[str, float]]:
    """Expressions from outside a comprehension or lambda, told of the names that it binds."""
    bound = [name for name in site.names if name not in site.scope.locals][:_BOUND]
    for other in site.scope.expressions if bound else ():
        text = site.text(other)
        if isinstance(other, _CALCULATED) and len(text) <= _LONGEST and "\n" not in text:
            read = {n.id for n in ast.walk(other) if isinstance(n, ast.Name)} & {*site.scope.locals}
            share = 0.5 if type(other) is type(node) else 0.4
            for old in sorted(read):
                for new in bound:
                    renamed = re.sub(rf"\b{old}\b", new, text)
                    yield renamed, share * (0.5 + 0.5 * spelling_likeness(site.text(node), renamed))


def _in_donor_role(site: Site, node: ast.expr) -> bool:
    parent = site.source.parent(node)
    if isinstance(parent, ast.Call):
        return node in parent.args
    return isinstance(parent, (ast.Assign, ast.Return, ast.BinOp, ast.Compare, ast.Subscript,
                               ast.AugAssign, ast.keyword, ast.Lambda, ast.ListComp,
                               ast.GeneratorExp))  # fmt: skip


def _overlaps(site: Site, node: ast.expr, other: ast.expr) -> bool:
    inside, outside = site.source.span(node), site.source.span(other)
    return outside[0] <= inside[0] and inside[1] <= outside[1]


def _statements(site: Site, node: ast.stmt) -> Iterator[Proposal]:
    if block_of(site, node) is None or not site.source.starts_line(node):
        return
    indent = site.source.indent(node)
    start = whole_lines(site, node)[0]
    own = site.text(node)
    found: dict[str, float] = {}
    for other in ast.walk(site.scope.node):
        if isinstance(other, _SIMPLE) and other is not node:
            new = site.text(other)
            if "\n" not in new and new != own and not _is_text(other):
                found[new] = spelling_likeness(own, new)
                if _same_target(node, other):
                    found[new] = 0.5 + 0.5 * found[new]
    for new, weight in _best(found, _MOST_STATEMENTS):
        text = f"{indent}{new}\n"
        yield Proposal((Edit(start, start, text),), "donor statement", 0.3 * (0.5 + weight))
        if isinstance(node, _SIMPLE):
            edit = Edit(*site.source.span(node), new)
            yield Proposal((edit,), "donor instead", 0.3 * (0.1 + 0.9 * weight))
    yield from _of_peers(site, node, own)


def _same_target(node: ast.stmt, other: ast.AST) -> bool:
    if isinstance(node, ast.Assign) and isinstance(other, ast.Assign):
        return [ast.dump(t) for t in node.targets] == [ast.dump(t) for t in other.targets]
    return False


def _of_peers(site: Site, node: ast.stmt, own: str) -> Iterator[Proposal]:
    """Statements of like functions, of this file or another, that read only known names."""
    if not isinstance(node, _SIMPLE) or not isinstance(site.scope.node, FunctionNode):
        return
    known = {*site.scope.locals, *site.scope.module_names, *dir(builtins)}
    found: dict[str, float] = {}
    for new, names, function in site.scope.simple_statements:
        if function is not site.scope.node and new != own and names <= known:
            likeness = spelling_likeness(own, new)
            if likeness > _PEER:
                found[new] = likeness
    for new, names, _ in site.scope.statements_elsewhere:
        if new != own and new not in found and names <= known:
            likeness = spelling_likeness(own, new)
            if likeness > _STRANGER:
                found[new] = likeness * _FAR
    for new, weight in _best(found, _MOST_STATEMENTS):
        yield Proposal((Edit(*site.source.span(node), new),), "donor of a peer", 0.4 * weight)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _best(found: dict[str, float], most: int) -> list[tuple[str, float]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]


FAMILY = Family(
    "donor",
    (ast.Name, ast.Call, ast.BinOp, ast.Compare, ast.Subscript, ast.Attribute, ast.BoolOp,
     ast.List, ast.Tuple, ast.Constant, *_SIMPLE, ast.If, ast.For, ast.While),
    propose,
    ceiling=0.5,
)  # fmt: skip
