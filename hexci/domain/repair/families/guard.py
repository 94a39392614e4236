"""Guards: an early return, a `continue`, a statement only under a condition, a default for None."""

import ast
import textwrap
from collections.abc import Iterator

from hexci.domain.repair.atoms import atoms, names_in
from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_MOST = 16  # conditions with every way out
_MOST_PLAIN = 56  # and with the ways that the function itself takes
_PLAIN = 0.5  # weight from which a way out is one of those
_STATEMENTS = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.For, ast.While, ast.If,
    ast.Raise, ast.Delete, ast.With,
)  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """Something before a statement, or round it, that keeps it from what it cannot handle."""
    node = site.node
    assert isinstance(node, ast.stmt)  # noqa: S101
    if block_of(site, node) is None or not site.source.starts_line(node):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    indent = site.source.indent(node)
    start, end = whole_lines(site, node)
    ways = list(_ways_out(site))
    # what asks about something that the statement uses comes first
    known = sorted(atoms(site), key=lambda atom: not used & names_in(atom[0]))
    for number, (atom, weight) in enumerate(known):
        if number >= _MOST_PLAIN:
            return
        near = weight * (1.0 if used & names_in(atom) else 0.5)
        for leave, share in ways if number < _MOST else [w for w in ways if w[1] >= _PLAIN]:
            text = f"{indent}if {atom}:\n{indent}    {leave}\n"
            suspect = leave in ("return True", "return False", "return 0", 'return ""')
            yield Proposal((Edit(start, start, text),), f"guard: {leave}", near * share, suspect)
        if not isinstance(node, (ast.Return, ast.For, ast.While)):
            body = textwrap.indent(site.source.between(start, end), "    ")
            body = body if body.endswith("\n") else f"{body}\n"
            text = f"{indent}if {atom}:\n{body}"
            if not isinstance(node, ast.If):
                yield Proposal((Edit(start, end, text),), "only if", near * 0.7)


def _ways_out(site: Site) -> Iterator[tuple[str, float]]:
    yield from ((text, 0.65) for text in _raises(site))
    if site.is_inside(ast.For, ast.While):
        yield "continue", 0.6
        yield "break", 0.5
    if isinstance(site.scope.node, ast.Module):
        return
    if site.scope.is_generator:
        yield "return", 0.5
        return
    yield from ((f"return {text}", 0.6) for text in site.scope.returned[:4] if "\n" not in text)
    if not getattr(site.scope.node, "name", "").startswith(
        "__"
    ):  # what `__eq__` is given it is not
        names = [name for name in site.scope.parameters[:2] if name != "self"]
        yield from ((f"return {name}", 0.3) for name in names)
    yield from ((f"return {text}", 0.3) for text in ("None", "[]", "0", '""', "False", "True"))


def _raises(site: Site) -> list[str]:
    """What a test missed, the way this file raises it; nothing where no test missed any."""
    found: list[str] = []
    for name in dict.fromkeys(crash.not_raised for crash in site.crashes):
        if name:
            like = [text for text in site.scope.raised if name in text and "\n" not in text]
            found += [*like[:3], f"raise {name}"]
    return list(dict.fromkeys(found))


FAMILY = Family("guard", _STATEMENTS, propose, ceiling=0.35)
