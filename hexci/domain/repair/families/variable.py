"""Another variable: one of the same scope, of a like type, where this one is read."""

import ast
import builtins
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site

_MOST_KEYS = 5
_SHORT = 24  # letters of a calculation that is made again
_CLOSEST = 14  # names tried for one place: beyond it they are guesses


def propose(site: Site) -> Iterator[Proposal]:
    """Other locals first, then names of the module when the name itself is one of them."""
    node = site.node
    assert isinstance(node, ast.Name)  # noqa: S101
    if not isinstance(node.ctx, ast.Load) or _is_called(site, node):
        return
    others = [name for name in site.names if name != node.id]
    if node.id not in site.names and not hasattr(builtins, node.id):
        others += [n for n in site.scope.module_names if n != node.id and n.isupper()]
    ranked = sorted(others, key=lambda name: -_weight(site, node.id, name))
    again = _same_in_statement(site, node)
    for name in ranked[:_CLOSEST] if again else ():
        edits = tuple(site.source.replace(each, name) for each in again)
        yield Proposal(edits, f"{node.id} to {name} throughout", 0.3 * _weight(site, node.id, name))
    for name in ranked[:_CLOSEST]:
        yield site.put(node, name, f"{node.id} to {name}", _weight(site, node.id, name))
    yield from _attributes(site, node)
    for text in _asked_again(site, node):
        yield site.put(node, text, f"{text} again", 0.5)
    if site.scope.was_seen(node.id, {"int", "float"}):
        for text in ("0", "1"):
            yield site.put(node, text, f"{node.id} to {text}", 0.15)


def _asked_again(site: Site, node: ast.Name) -> list[str]:
    """What a name was set to, where that may have changed since."""
    texts = [
        site.text(other.value)
        for other in ast.walk(site.scope.node)
        if isinstance(other, ast.Assign)
        and isinstance(other.value, (ast.Subscript, ast.Attribute, ast.Call))
        and any(isinstance(t, ast.Name) and t.id == node.id for t in other.targets)
        and other is not site.statement
    ]
    return [text for text in dict.fromkeys(texts) if len(text) <= _SHORT and "\n" not in text]


def _same_in_statement(site: Site, node: ast.Name) -> list[ast.Name]:
    """All places of a simple statement that read the name, at the first of several."""
    statement = site.statement
    if not isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)):
        return []
    same = [
        each
        for each in ast.walk(statement)
        if isinstance(each, ast.Name) and each.id == node.id and isinstance(each.ctx, ast.Load)
    ]
    same.sort(key=lambda each: (each.lineno, each.col_offset))
    return same if len(same) > 1 and same[0] is node else []


def _attributes(site: Site, node: ast.Name) -> Iterator[Proposal]:
    """`node` as `node.next`: an attribute that is read elsewhere of it, or of its like."""
    between = isinstance(site.source.parent(node), ast.Attribute)
    mine = site.scope.types.get(node.id, frozenset())
    found: dict[str, float] = {}
    for name in (node.id, *site.scope.locals):
        its = site.scope.types.get(name, frozenset())
        if name == node.id or mine & its - {"NoneType"}:
            for attribute in site.scope.attributes.get(name, ()):
                if attribute not in site.scope.functions:
                    found.setdefault(attribute, 0.5 if name == node.id else 0.3)
    for key in _keys(site, node.id):
        if not between:
            yield site.put(node, f"{node.id}[{key}]", f"[{key}]", 0.3)
    for attribute, weight in found.items():
        share = 0.5 * weight if between else weight
        yield site.put(node, f"{node.id}.{attribute}", f".{attribute}", share)


def _keys(site: Site, name: str) -> list[str]:
    """What is written out as an index of this name in the file, texts of others too."""
    found: dict[str, None] = {}
    for n in ast.walk(site.scope.node):
        if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Constant):
            same = isinstance(n.value, ast.Name) and n.value.id == name
            if same or isinstance(n.slice.value, str):
                found.setdefault(site.text(n.slice))
    return list(found)[:_MOST_KEYS]


def _weight(site: Site, old: str, new: str) -> float:
    used = site.scope.used[new]
    # a variable that is never read is one somebody forgot to use
    return site.scope.likeness(old, new) * (1.0 if used == 0 else 0.8)


def _is_called(site: Site, node: ast.Name) -> bool:
    parent = site.source.parent(node)
    return isinstance(parent, ast.Call) and parent.func is node


FAMILY = Family("variable", (ast.Name,), propose)
