"""How a loop or function is left: `break` for `continue`, `return` for either, and back."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, as_operand

_MOST = 3  # returned values tried in a jump's place


def propose(site: Site) -> Iterator[Proposal]:
    """Another way out where there is one, or one where nothing is done."""
    node = site.node
    in_loop = site.is_inside(ast.For, ast.While, ast.AsyncFor)
    if isinstance(node, (ast.Break, ast.Continue)):
        word = "continue" if isinstance(node, ast.Break) else "break"
        yield site.put(node, word, f"{site.text(node)} to {word}", 1.0)
        yield from _returns(site, node)
    elif isinstance(node, ast.Pass):
        if in_loop:
            yield site.put(node, "continue", "continue", 0.5)
            yield site.put(node, "break", "break", 0.4)
        yield from _returns(site, node)
    elif isinstance(node, ast.Return) and in_loop:
        yield site.put(node, "break", "return to break", 0.5)
        yield site.put(node, "continue", "return to continue", 0.5)
        yield from _if_any(site, node)


def _if_any(site: Site, node: ast.Return) -> Iterator[Proposal]:
    """`return f(x)` in a loop as `if f(x): return True`: the others are asked too."""
    if node.value is None or isinstance(node.value, ast.Constant):
        return
    if not site.source.starts_line(node):
        return
    text, indent = site.text(node.value), site.source.indent(node)
    for condition, value, weight in (
        (text, "True", 0.5), (text, text, 0.4), (f"not {as_operand(text)}", "False", 0.5),
    ):  # fmt: skip
        new = f"if {condition}:\n{indent}    return {value}"
        edit = Edit(*site.source.span(node), new)
        yield Proposal((edit,), f"return {value} if any", weight)


def _returns(site: Site, node: ast.AST) -> Iterator[Proposal]:
    if isinstance(site.scope.node, ast.Module):
        return
    if site.scope.is_generator:
        yield site.put(node, "return", "return", 0.3)
        return
    for text in [t for t in site.scope.returned if "\n" not in t][:_MOST]:
        yield site.put(node, f"return {text}", f"return {text}", 0.3)


FAMILY = Family("leave", (ast.Break, ast.Continue, ast.Pass, ast.Return), propose)
