"""One more term: `x` as `x + y`, `f(x)` as `1 + f(x)`, a list with one more element in front."""

import ast
import re
from collections.abc import Iterator
from itertools import permutations

from hexci.domain.repair.expressions import is_like_sequence
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import called_name

_ROLES = (
    ast.Return, ast.Assign, ast.AugAssign, ast.Call, ast.Compare, ast.BinOp, ast.Yield,
    ast.Subscript, ast.Slice, ast.IfExp, ast.YieldFrom, ast.Tuple, ast.List, ast.Dict, ast.keyword,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.UnaryOp,
)  # fmt: skip
_TIGHT = (ast.Name, ast.Call, ast.Subscript, ast.Attribute)
_MOST = 8
_LONGEST = 70  # letters of what a term is added to
_NAMED = 3  # of a statement, that a function is asked of
_OF_BITS = (ast.BitAnd, ast.BitOr, ast.BitXor)
_SHORT = 16  # letters of a calculation that is a term
_CLOCKS = ("12", "7", "24", "60", "26", "10")
_SHIFT = re.compile(r" ?[-+] ?1\b")


def propose(site: Site) -> Iterator[Proposal]:
    """An operand added to a value that is returned, assigned, passed or compared."""
    node = site.node
    assert isinstance(node, ast.expr)  # noqa: S101
    parent = site.source.parent(node)
    if not isinstance(parent, _ROLES) or (isinstance(parent, ast.Call) and parent.func is node):
        return
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    text = site.text(node)
    if isinstance(node, ast.List):
        yield from _repeated(site, node)
    elif len(text) <= _LONGEST and "\n" not in text:
        weight = 0.6 if isinstance(parent, (ast.Return, ast.Assign, ast.AugAssign)) else 0.4
        shown = text if isinstance(node, _TIGHT) else f"({text})"
        yield from _summed(site, node, shown, weight)
        yield from _scaled(site, node, shown, weight)
        yield from _joined(site, node, shown, weight)


def _summed(site: Site, node: ast.expr, shown: str, weight: float) -> Iterator[Proposal]:
    """One more, one of the function's terms, what a function of the file says of two names."""
    parent = site.source.parent(node)
    if isinstance(node, ast.Call) and not isinstance(parent, (ast.Compare, ast.Subscript)):
        yield site.put(node, f"1 + {shown}", "one more", weight)
    for term, share in _terms(site, node):
        for change, part in _with_term(shown, term):
            yield site.put(node, change, change.replace(shown, "…", 1), weight * share * part)
    for name, share in _told_by_functions(site, node):
        yield site.put(node, f"{shown} {name}", name, weight * share)


def _scaled(site: Site, node: ast.expr, shown: str, weight: float) -> Iterator[Proposal]:
    """Twice, half, squared; the bit of a place; round in a circle."""
    parent = site.source.parent(node)
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, _OF_BITS):
        yield site.put(node, f"2 ** {shown}", "its bit", weight * 0.4)
    for change in ("* 2", "// 2", "% 2", "& 1", "/ 2", "** 2"):
        yield site.put(node, f"{shown} {change}", change, weight * 0.12)
    within = [n for n in site.names if isinstance(node, ast.BinOp) and site.scope.is_number(n)]
    for around in dict.fromkeys((*_rounds(site), *within[:_MOST])):
        yield site.put(node, f"{shown} % {around}", f"% {around}", weight * 0.15)


def _with_term(shown: str, term: str) -> Iterator[tuple[str, float]]:
    yield from ((f"{shown} {operator} {term}", 1.0) for operator in ("+", "-", "*"))
    yield f"{term} - {shown}", 0.4
    yield f"{shown} % {term}", 0.4
    yield from ((f"{term} {operator} {shown}", 0.2) for operator in ("*", "+", "%", "//"))
    yield from ((f"{shown} {operator} {term}", 0.15) for operator in ("//", "/", "&", "|", "^"))


def _told_by_functions(site: Site, node: ast.expr) -> Iterator[tuple[str, float]]:
    """`// gcd(a, b)`: what a function of the file says of two things that the statement names."""
    statement = site.statement
    if not isinstance(node, ast.BinOp) or not isinstance(statement, (ast.Assign, ast.Return)):
        return
    named = [n.id for n in ast.walk(statement) if isinstance(n, ast.Name)]
    pairs = list(permutations([n for n in dict.fromkeys(named) if n in site.names][:_NAMED], 2))
    for name, function in site.scope.functions.items():
        if function is not site.scope.node and len(function.args.args) == 2:
            for one, other in pairs:
                yield from ((f"{op} {name}({one}, {other})", 0.3) for op in ("//", "-", "+", "*"))


def _rounds(site: Site) -> list[str]:
    """What a number may go round in: the function's own numbers, then those of clocks."""
    own = [
        site.text(other)
        for other in site.scope.expressions
        if isinstance(other, ast.Constant) and type(other.value) is int and other.value > 2
    ]
    return list(dict.fromkeys((*own, *_CLOCKS)))[:_MOST]


def _repeated(site: Site, node: ast.List) -> Iterator[Proposal]:
    """`[0]` as `[0] * size`."""
    if len(node.elts) == 1:
        for name in site.names:
            held = site.scope.types.get(name, frozenset())
            if "int" in held:
                yield site.put(node, f"{site.text(node)} * {name}", f"{name} times", 0.4)
            elif held & {"list", "str", "dict"}:
                change = f"{site.text(node)} * len({name})"
                yield site.put(node, change, f"len({name}) times", 0.3)


def _terms(site: Site, node: ast.expr) -> Iterator[tuple[str, float]]:
    own = {n.id for n in _surface(node) if isinstance(n, ast.Name)}
    numbers = [n for n in site.names if site.scope.is_number(n) and n not in ("self", "cls")]
    names = [n for n in numbers if n not in own]
    known = [n for n in names if site.scope.types.get(n)]
    yield from ((n, 0.5) for n in (known or names)[:_MOST])
    if isinstance(node, ast.BinOp):  # a start that its distances were measured from
        yield from ((n, 0.25) for n in numbers if n in own and site.scope.types.get(n))
    for other in site.scope.expressions:
        sliced = isinstance(getattr(other, "slice", None), ast.Slice)
        short = isinstance(other, (ast.Subscript, ast.Attribute)) and len(site.text(other)) < 30
        if short and not sliced:
            yield site.text(other), 0.3
            nearer = _SHIFT.sub("", site.text(other))
            if nearer != site.text(other):
                yield nearer, 0.25
        if isinstance(other, (ast.BinOp, ast.Call)) and len(site.text(other)) <= _SHORT:
            yield from _calculated(site, node, other)
    for name in site.names:
        if site.scope.was_seen(name, {"list", "str", "dict", "set", "deque"}):
            yield f"len({name})", 0.4 if called_name(getattr(node, "func", node)) == "len" else 0.15
    for attribute in list(site.scope.attributes.get("self", {}))[:_MOST]:
        if attribute not in site.scope.functions:
            yield f"self.{attribute}", 0.4


def _calculated(
    site: Site, node: ast.expr, other: ast.BinOp | ast.Call
) -> Iterator[tuple[str, float]]:
    """A short calculation of the function as a term; what is rounded is so at the very end."""
    text = site.text(other)
    if isinstance(other, ast.BinOp):
        yield f"({text})", 0.15
    elif called_name(other.func) != "round":
        lengths = isinstance(node, ast.Call) and "len" == called_name(node.func) == called_name(
            other.func
        )
        yield text, 1.0 if lengths else 0.15


def _surface(node: ast.expr) -> Iterator[ast.AST]:
    """A node's parts but for what only chooses a value: arguments of calls, indices."""
    yield node
    if isinstance(node, (ast.Call, ast.Subscript)):
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _surface(child)


def _joined(site: Site, node: ast.expr, shown: str, weight: float) -> Iterator[Proposal]:
    joined = site.text(node) if isinstance(node, ast.BinOp) else shown
    for part in _written_out(site, node):
        yield site.put(node, f"{joined} + {part}", f"{part} at the end", weight * 0.5)
        yield site.put(node, f"{part} + {joined}", f"{part} in front", weight * 0.5)
    lists = isinstance(
        node, (ast.Call, ast.ListComp, ast.List, ast.Name, ast.Subscript, ast.IfExp, ast.JoinedStr)
    )
    if not lists:
        return
    names = [n for n in site.names if n not in ("self", "cls")][:_MOST]
    for name in names:
        kinds = site.scope.types.get(name, frozenset())
        if kinds & {"list", "str", "tuple"} or not kinds:
            yield site.put(node, f"{name} + {shown}", f"{name} in front", weight * 0.5)
            yield site.put(node, f"{shown} + {name}", f"{name} at the end", weight * 0.4)
        yield site.put(node, f"[{name}] + {shown}", f"[{name}] in front", weight * 0.7)
        yield site.put(node, f"{shown} + [{name}]", f"[{name}] at the end", weight * 0.5)
    for part in _rests(site):
        yield site.put(node, f"{shown} + {part}", f"{part} at the end", weight * 0.8)
    for part in _parts(site):
        yield site.put(node, f"{shown} + {part}", f"{part} at the end", weight * 0.3)
        yield site.put(node, f"{part} + {shown}", f"{part} in front", weight * 0.2)


def _written_out(site: Site, node: ast.expr) -> list[str]:
    """Short lists that the function joins with others, where this is one of those."""
    if not is_like_sequence(site.scope, node):
        return []
    lists = (
        other
        for other in ast.walk(site.scope.node)
        if isinstance(other, ast.List) and isinstance(site.source.parent(other), ast.BinOp)
    )
    texts = dict.fromkeys(site.text(other) for other in lists)
    return [text for text in texts if len(text) <= _SHORT][:_MOST]


def _rests(site: Site) -> list[str]:
    """What is left of a sequence that was read at a local: `row[at:]` where there is `row[at]`."""
    read = [
        f"{other.value.id}[{other.slice.id}:]"
        for other in site.scope.expressions
        if isinstance(other, ast.Subscript)
        and isinstance(other.value, ast.Name)
        and isinstance(other.slice, ast.Name)
    ]
    return list(dict.fromkeys(read))[:_MOST]


def _parts(site: Site) -> Iterator[str]:
    """Pieces of sequences: those the function takes anyway, and ends of its sequences."""
    for other in site.scope.expressions:
        if isinstance(other, ast.Subscript) and isinstance(other.slice, ast.Slice):
            yield site.text(other)
    names = [n for n in site.names if site.scope.types.get(n)]
    numbers = [n for n in names if site.scope.is_number(n)][:_MOST]
    for name in [n for n in names if site.scope.types[n] & {"list", "str"}][:4]:
        ends = ("[:1]", "[1:]", "[-1:]", *(f"[{n}:]" for n in numbers))
        yield from (f"{name}{end}" for end in (*ends, *(f"[:{n}]" for n in numbers)))


FAMILY = Family(
    "term",
    (
        ast.Name,
        ast.Call,
        ast.BinOp,
        ast.Subscript,
        ast.Attribute,
        ast.Constant,
        ast.List,
        ast.IfExp,
        ast.JoinedStr,
    ),
    propose,
    ceiling=0.6,
)
