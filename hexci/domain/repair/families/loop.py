"""Loops: another iterable, `while` for `if`, enumerate, a bound of range, keys and values."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit


def propose(site: Site) -> Iterator[Proposal]:
    """Changes of how often, over what and in which order something is done."""
    node = site.node
    if isinstance(node, (ast.For, ast.comprehension)):
        yield from _iterated(site, node.iter)
        yield from _renamed(site, node)
    if isinstance(node, ast.For):
        yield from _exchanged(site, node)
    elif isinstance(node, ast.If) and not node.orelse:
        start = site.source.span(node)[0]
        if site.source.between(start, start + 2) == "if":
            yield Proposal((Edit(start, start + 2, "while"),), "if to while", 0.4)
    elif isinstance(node, ast.While) and not node.orelse:
        start = site.source.span(node)[0]
        yield Proposal((Edit(start, start + 5, "if"),), "while to if", 0.3)


def _exchanged(site: Site, node: ast.For) -> Iterator[Proposal]:
    """Two loops, one directly in the other, the other way round."""
    inner = node.body[0]
    if isinstance(inner, ast.For):
        outer_head, inner_head = _head(site, node), _head(site, inner)
        edits = (
            Edit(*outer_head, site.source.between(*inner_head)),
            Edit(*inner_head, site.source.between(*outer_head)),
        )
        yield Proposal(edits, "exchange the loops", 0.4)


def _head(site: Site, loop: ast.For) -> tuple[int, int]:
    """The bytes of `x in xs`."""
    return site.source.span(loop.target)[0], site.source.span(loop.iter)[1]


def _iterated(site: Site, node: ast.expr) -> Iterator[Proposal]:
    text = site.text(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        yield from _ranges(site, node)
        yield site.put(node, f"reversed({text})", "backwards", 0.4)
        return
    for change, weight in (
        (f"{text}[1:]", 0.4), (f"{text}[:-1]", 0.3), (f"reversed({text})", 0.4),
        (f"list({text})", 0.3), (f"sorted({text})", 0.4), (f"set({text})", 0.15),
        (f"sorted(set({text}))", 0.2),
        (f"enumerate({text})", 0.3), (f"{text}.items()", 0.35), (f"{text}.values()", 0.25),
        (f"range({text})", 0.2), (f"range(len({text}))", 0.3),
    ):  # fmt: skip
        yield site.put(node, change, "other iterable", weight)


def _ranges(site: Site, node: ast.Call) -> Iterator[Proposal]:
    args = [site.text(a) for a in node.args]
    if len(args) == 1:
        for change in (
            f"range(1, {args[0]})",
            f"range(1, {args[0]} + 1)",
            f"range({args[0]} - 1, -1, -1)",
            f"range({args[0]}, 0, -1)",
        ):
            yield site.put(node, change, "other range", 0.5)
        for name in site.scope.locals:
            if name != args[0] and site.scope.is_number(name):
                yield site.put(node, f"range({name}, {args[0]})", f"from {name}", 0.3)
                yield site.put(node, f"range({name} + 1, {args[0]})", f"after {name}", 0.3)
    yield from _shifted(site, node, args)
    if len(args) == 2:
        yield site.put(node, f"range({args[1]})", "from 0", 0.4)
        yield site.put(node, f"range({args[0]}, {args[1]}, -1)", "downwards", 0.3)
        for step in ("2", *site.scope.locals):
            if step not in args and (step == "2" or site.scope.is_number(step)):
                change = f"range({args[0]}, {args[1]}, {step})"
                yield site.put(node, change, f"by {step}", 0.2)
        yield site.put(node, f"range({args[1]}, {args[0]}, -1)", "downwards", 0.25)
        yield site.put(node, f"range({args[1]} - 1, {args[0]} - 1, -1)", "downwards", 0.2)


def _shifted(site: Site, node: ast.Call, args: list[str]) -> Iterator[Proposal]:
    """A range downwards that begins and ends one sooner or later."""
    if len(args) == 3 and args[2] == "-1":
        for sign in "-+":
            change = f"range({args[0]} {sign} 1, {args[1]} {sign} 1, -1)"
            yield site.put(node, change, f"both ends {sign} 1", 0.4)
        first = args[1].removesuffix(" - 1") if args[1].endswith(" - 1") else f"{args[1]} + 1"
        first = "0" if args[1] == "-1" else first
        yield site.put(node, f"range({first}, {args[0]} + 1)", "upwards", 0.3)


def _renamed(site: Site, node: ast.For | ast.comprehension) -> Iterator[Proposal]:
    if not isinstance(node.target, ast.Name):
        return
    for name in site.scope.locals:
        if name != node.target.id:
            weight = 0.2 * site.scope.likeness(node.target.id, name)
            yield Proposal((site.source.replace(node.target, name),), f"loop over {name}", weight)


FAMILY = Family("loop", (ast.For, ast.comprehension, ast.If, ast.While), propose, ceiling=0.5)
