"""Wrapping: a value clipped, converted, copied, sorted, given a default."""

import ast
from collections.abc import Iterator
from itertools import permutations

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import called_name

_SEQUENCES = ("list", "sorted", "set", "tuple", "reversed")
_ROLES = (ast.Call, ast.Return, ast.Assign, ast.AugAssign, ast.For, ast.Compare, ast.BinOp,
          ast.keyword, ast.Yield, ast.comprehension, ast.Subscript, ast.Tuple, ast.List, ast.IfExp,
          ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.YieldFrom,
          ast.Starred, ast.Lambda, ast.Slice, ast.UnaryOp)  # fmt: skip
_TAKEN = {"list": ("pop()", "pop(0)"), "deque": ("popleft()", "pop()"), "set": ("pop()",)}
_HOLDING = frozenset({"list", "dict", "set", "deque"})
_SHORT = 12  # letters of another result
_FEW = 3  # of those
_MOST = 6  # names and functions tried for one place


def propose(site: Site) -> Iterator[Proposal]:
    """One more layer round an expression that is read."""
    node = site.node
    assert isinstance(node, ast.expr)  # noqa: S101
    parent = site.source.parent(node)
    if isinstance(parent, ast.Attribute) and isinstance(node, ast.Name):
        yield from _of_owner(site, node, parent)
    if not isinstance(parent, _ROLES) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    if isinstance(parent, ast.Call) and parent.func is node:
        return
    text = site.text(node)
    if len(text) > 60 or "\n" in text:
        return
    kinds = _kinds(site, node)
    yield from _converted(site, node, text, kinds)
    yield from _clipped(site, node, text, kinds, parent)
    yield from _clipped_twice(site, node, text, kinds, parent)
    yield from _looked_up(site, node, text, kinds)
    yield from _passed(site, node, text)
    yield from _defaulted(site, node, text, kinds)


def _kinds(site: Site, node: ast.expr) -> frozenset[str]:
    return site.scope.types.get(node.id, frozenset()) if isinstance(node, ast.Name) else frozenset()


def _converted(site: Site, node: ast.expr, text: str, kinds: frozenset[str]) -> Iterator[Proposal]:
    parent = site.source.parent(node)
    iterated = isinstance(parent, (ast.For, ast.comprehension)) or kinds & {"list", "dict", "set"}
    called = isinstance(parent, ast.Call)
    if iterated or (called and not kinds):
        for function in _SEQUENCES:
            # what is given on as `reversed(x)` can be gone through only once
            once = function == "reversed" and isinstance(parent, (ast.Return, ast.Assign))
            usual = 0.2 if function == "reversed" else 0.4
            yield site.put(node, f"{function}({text})", f"{function}()", 0.1 if once else usual)
    if not kinds or kinds & {"int", "float", "str"}:
        for function, weight in (
            ("str", 0.35),
            ("int", 0.35),
            ("len", 0.3),
            ("abs", 0.35),
            ("float", 0.15),
        ):
            yield site.put(node, f"{function}({text})", f"{function}()", weight)
    yield from _of_container(site, node, text, kinds)
    if not kinds or "str" in kinds:
        for method in ("strip", "lower", "upper"):
            yield site.put(node, f"{text}.{method}()", f".{method}()", 0.25)
    yield from _gone_through(site, node, text, kinds)
    if kinds & {"list", "dict", "set"} or (
        not kinds and isinstance(parent, (ast.Call, ast.Assign))
    ):
        yield site.put(node, f"{text}.copy()", "copy", 0.3)
    if not kinds or kinds & {"list", "tuple", "str"}:
        given = isinstance(parent, (ast.Return, ast.Assign))
        yield site.put(node, f"{text}[::-1]", "reversed", 0.35 if given else 0.2)
        yield site.put(node, f"{text}[0]", "the first", 0.35)
        yield site.put(node, f"{text}[-1]", "the last", 0.35)
        yield site.put(node, f"{text}[1:]", "without the first", 0.25)
        yield site.put(node, f"{text}[:-1]", "without the last", 0.2)
    yield site.put(node, f"[{text}]", "in a list", 0.25)
    if isinstance(parent, ast.Tuple | ast.Return | ast.Assign):
        yield site.put(node, f"not {text}", "not", 0.2)


def _gone_through(
    site: Site, node: ast.expr, text: str, kinds: frozenset[str]
) -> Iterator[Proposal]:
    """A text word by word, a sequence without what is empty in it."""
    parent = site.source.parent(node)
    if isinstance(parent, (ast.For, ast.comprehension)) and (not kinds or "str" in kinds):
        yield site.put(node, f"{text}.split()", "word by word", 0.3)
    if kinds & {"list", "tuple", "set"} or _is_listed(node):
        whole = site.text(node.args[0]) if _is_listed(node) and isinstance(node, ast.Call) else text
        yield site.put(node, f"[x for x in {whole} if x]", "without what is empty", 0.2)


def _is_listed(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and called_name(node.func) == "list" and len(node.args) == 1


def _of_container(
    site: Site, node: ast.expr, text: str, kinds: frozenset[str]
) -> Iterator[Proposal]:
    if kinds & {"list", "dict", "set", "tuple", "deque"}:
        yield site.put(node, f"len({text})", "len()", 0.35)
    for kind in sorted(kinds & set(_TAKEN)):
        for call in _TAKEN[kind]:
            yield site.put(node, f"{text}.{call}", f".{call}", 0.25)


def _of_owner(site: Site, node: ast.Name, parent: ast.Attribute) -> Iterator[Proposal]:
    """`stack.append` as `stack[-1].append`."""
    call = site.source.parent(parent)
    kinds = site.scope.types.get(node.id, frozenset())
    if isinstance(call, ast.Call) and call.func is parent and kinds & {"list", "dict", "tuple"}:
        names = [n for n in site.names if n not in (node.id, "self", "cls")][:_MOST]
        for place in ("-1", "0", *names):
            weight = 0.35 if "list" in kinds else 0.2
            yield site.put(node, f"{node.id}[{place}]", f"[{place}] of it", weight)


def _looked_up(site: Site, node: ast.expr, text: str, kinds: frozenset[str]) -> Iterator[Proposal]:
    """A value as the place of another value, and a part of a sequence by a local."""
    if not kinds or kinds & {"int", "str", "tuple"}:
        for name in site.names:
            held = site.scope.types.get(name, frozenset())
            if name != text and held & {"list", "dict", "tuple", "defaultdict"}:
                yield site.put(node, f"{name}[{text}]", f"in {name}", 0.2 if kinds else 0.15)
    if kinds & {"list", "str", "tuple"}:
        numbers = [n for n in site.names if n != text and site.scope.types.get(n)]
        for name in [n for n in numbers if site.scope.is_number(n)][:_MOST]:
            yield site.put(node, f"{text}[:{name}]", f"before {name}", 0.3)
            yield site.put(node, f"{text}[{name}:]", f"from {name}", 0.3)
            yield site.put(node, f"{text}[{name}]", f"at {name}", 0.25)
            yield site.put(node, f"{text}[{name} + 1:]", f"after {name}", 0.15)
            yield site.put(node, f"{text}[:{name} + 1]", f"up to {name}", 0.15)
    if kinds & {"list", "tuple", "set", "dict"}:
        for function in ("sum", "max", "min", "any", "all"):
            yield site.put(node, f"{function}({text})", f"{function}()", 0.12)
    if "dict" in kinds:
        for method in ("items", "values", "keys"):
            yield site.put(node, f"{text}.{method}()", f".{method}()", 0.3)


def _passed(site: Site, node: ast.expr, text: str) -> Iterator[Proposal]:
    """Through a function of one argument that the file itself defines."""
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    own = {function.id for function in calls if isinstance(function, ast.Name)}
    fitting = [
        name
        for name, function in site.scope.functions.items()
        if name not in own and function is not site.scope.node
        and not isinstance(site.source.parent(function), ast.ClassDef)
        and len(function.args.args) - len(function.args.defaults) <= 1 <= len(function.args.args)
    ]  # fmt: skip
    for name in fitting[:_MOST]:
        yield site.put(node, f"{name}({text})", f"{name}()", 0.4)


def _clipped(
    site: Site, node: ast.expr, text: str, kinds: frozenset[str], parent: ast.AST | None
) -> Iterator[Proposal]:
    if isinstance(node, (ast.Constant, ast.List, ast.Dict, ast.JoinedStr)):
        return
    if kinds and not kinds & {"int", "float"}:
        return
    where = 0.45 if isinstance(parent, (ast.Assign, ast.Return, ast.AugAssign)) else 0.2
    for function in ("max", "min"):
        yield site.put(node, f"{function}({text}, 0)", f"{function} with 0", where * 0.7)
        yield site.put(node, f"{function}({text}, 1)", f"{function} with 1", where * 0.5)
        others = [n for n in site.names if n != text and site.scope.is_number(n)]
        known = [n for n in others if site.scope.types.get(n)]
        for name in (known or others)[:6]:
            yield site.put(node, f"{function}({text}, {name})", f"{function} with {name}", where)
    for text_of_other in _amounts(site, node, bool(kinds)):
        for function in ("max", "min"):
            change = f"{function}({text}, {text_of_other})"
            yield site.put(node, change, f"{function} with {text_of_other}", where * 0.3)
    if not isinstance(parent, ast.UnaryOp):
        ranked = isinstance(parent, (ast.Tuple, ast.Lambda)) or _is_pushed(parent)
        yield site.put(node, f"-{text}", "negated", 0.3 if ranked else 0.15 if kinds else 0.1)
    for target in _targets(site):
        for function in ("max", "min"):
            yield site.put(node, f"{function}({target}, {text})", f"{function} with {target}", 0.6)


def _is_pushed(parent: ast.AST | None) -> bool:
    """Whether a value goes into a heap: the least comes first, often the most is wanted."""
    pushing = ("heappush", "heappushpop", "heapreplace")
    return isinstance(parent, ast.Call) and called_name(parent.func) in pushing


def _clipped_twice(
    site: Site, node: ast.expr, text: str, kinds: frozenset[str], parent: ast.AST | None
) -> Iterator[Proposal]:
    """What must not be too large must often not be too small either."""
    function = parent.func if isinstance(parent, ast.Call) else None
    is_number = not kinds or kinds & {"int", "float"}
    if getattr(function, "id", "") == "min" and is_number and not isinstance(node, ast.Constant):
        for bound in ("0", "1"):
            yield site.put(node, f"max({text}, {bound})", f"max with {bound}", 0.3)


def _amounts(site: Site, node: ast.expr, known: bool) -> list[str]:  # noqa: FBT001
    """Short calculations of the function, and what is left between two of its numbers."""
    short = [
        site.text(other)
        for other in site.scope.expressions
        if isinstance(other, (ast.BinOp, ast.Subscript)) and len(site.text(other)) <= 16
    ]
    numbers = [n for n in site.names if site.scope.types.get(n) and site.scope.is_number(n)]
    apart = [f"{a} - {b}" for a, b in permutations(numbers[:_MOST], 2)] if not known else []
    own = site.text(node)
    return [text for text in dict.fromkeys((*short[:_MOST], *apart)) if text != own]


def _targets(site: Site) -> list[str]:
    statement = site.statement
    if isinstance(statement, ast.Assign) and statement.value is site.node:
        return [site.text(t) for t in statement.targets]
    return []


def _defaulted(site: Site, node: ast.expr, text: str, kinds: frozenset[str]) -> Iterator[Proposal]:
    weight = 0.5 if "NoneType" in kinds else 0.15
    if site.crashed_with("TypeError", "AttributeError"):
        weight *= 2
    for default in ("[]", "{}", '""', "0", "()"):
        yield site.put(node, f"({text} or {default})", f"or {default}", min(0.6, weight))
    parent = site.source.parent(node)
    if not isinstance(parent, (ast.Assign, ast.Return, ast.IfExp, ast.Yield)):
        return
    for name in site.names[:_MOST]:
        if name != text and (not kinds or kinds & site.scope.types.get(name, frozenset())):
            yield site.put(node, f"{text} or {name}", f"or {name}", 0.3 if kinds else 0.15)
    yield from _if_any(site, node, text)


def _if_any(site: Site, node: ast.expr, text: str) -> Iterator[Proposal]:
    """Only where a container that it reads is not empty, something plain else.

    What the function gives back elsewhere, where any container of it is not empty, or is.
    """
    if isinstance(site.source.parent(node), ast.Return):
        holding = [n for n in site.names if n != text and site.scope.was_seen(n, _HOLDING)][:_MOST]
        for other in [t for t in site.scope.returned if t != text and len(t) <= _SHORT][:_FEW]:
            for name in holding:
                yield site.put(node, f"{other} if {name} else {text}", f"{other} if {name}", 0.3)
                yield site.put(
                    node, f"{text} if {name} else {other}", f"{other} if not {name}", 0.3
                )
    reads = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    for name in sorted(reads & {*site.names}):
        if site.scope.was_seen(name, {"list", "dict", "str", "tuple", "NoneType"}):
            for default in ("None", "0", "[]", '""', "{}", "False"):
                change = f"{text} if {name} else {default}"
                yield site.put(node, change, f"if {name} else {default}", 0.2)


FAMILY = Family(
    "wrap",
    (
        ast.Name,
        ast.Attribute,
        ast.Call,
        ast.BinOp,
        ast.Subscript,
        ast.List,
        ast.IfExp,
        ast.ListComp,
    ),
    propose,
    ceiling=0.6,
)
