"""Literals of several elements: one more of the same kind, as it stands elsewhere in the file."""

import ast
from collections.abc import Iterator, Mapping

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_MOST = 12
_LONGEST = 30  # letters of a text that is an element


def propose(site: Site) -> Iterator[Proposal]:
    """Elements like those that are there already; plain ones are the literals' family's."""
    node = site.node
    assert isinstance(node, (ast.Tuple, ast.List, ast.Set))  # noqa: S101
    own = [site.text(each) for each in node.elts]
    if not own or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    weight = 0.6 if _is_looked_in(site, node) else 0.3
    last = site.source.span(node.elts[-1])[1]
    for text in list(dict.fromkeys(_like(site, node)))[:_MOST]:
        if text not in own:
            yield Proposal((Edit(last, last, f", {text}"),), f"also {text[:20]}", weight)


def _is_looked_in(site: Site, node: ast.expr) -> bool:
    """Whether something is compared with each element: `in`, `isinstance`, `startswith`."""
    parent = site.source.parent(node)
    if isinstance(parent, ast.Compare):
        return True
    return isinstance(parent, ast.Call) and node in parent.args[-1:] and len(parent.args) < 3


def _like(site: Site, node: ast.Tuple | ast.List | ast.Set) -> Iterator[str]:
    last = node.elts[-1]
    if isinstance(last, ast.Attribute):
        for owner in dict.fromkeys(
            site.text(each.value) for each in reversed(node.elts) if isinstance(each, ast.Attribute)
        ):
            used: Mapping[str, int] = site.scope.attributes.get(owner, {})
            yield from (f"{owner}.{name}" for name in sorted(used, key=lambda n: (-used[n], n)))
    elif isinstance(last, ast.Name):
        like = last.id[:1].isupper()
        names = (*site.scope.locals, *site.scope.module_names)
        yield from (name for name in names if name[:1].isupper() == like)
    elif isinstance(last, ast.Constant):
        for other in (*site.scope.expressions, *ast.walk(site.source.tree)):
            if isinstance(other, ast.Constant) and type(other.value) is type(last.value):
                text = site.text(other)
                if len(text) <= _LONGEST and "\n" not in text:
                    yield text


FAMILY = Family("elements", (ast.Tuple, ast.List, ast.Set), propose, ceiling=0.6)
