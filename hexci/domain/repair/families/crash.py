"""Fixes that the exception itself suggests: a misspelt name, a missing import, key or guard."""

import ast
import builtins
import re
from collections.abc import Iterator

from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import spelling_likeness
from hexci.domain.repair.source import Edit

_QUOTED = re.compile(r"'([^']+)'")
_KNOWN_MODULES = (
    "os", "sys", "re", "json", "math", "time", "datetime", "random", "itertools", "functools",
    "collections", "copy", "string", "operator", "decimal", "pathlib", "typing", "io", "shutil",
    "logging", "warnings", "subprocess", "tempfile", "textwrap", "types", "inspect", "heapq",
    "bisect", "statistics", "hashlib", "base64", "uuid", "enum", "abc", "contextlib",
    "dataclasses", "unicodedata", "calendar", "fractions", "struct", "csv", "urllib",
)  # fmt: skip
_FROM = {
    "defaultdict": "collections", "Counter": "collections", "deque": "collections",
    "OrderedDict": "collections", "namedtuple": "collections", "Path": "pathlib",
    "datetime": "datetime", "timedelta": "datetime", "date": "datetime", "wraps": "functools",
    "partial": "functools", "reduce": "functools", "lru_cache": "functools", "chain": "itertools",
    "islice": "itertools", "deepcopy": "copy", "Decimal": "decimal", "Fraction": "fractions",
    "Iterable": "collections.abc", "Mapping": "collections.abc", "Any": "typing",
    "Optional": "typing", "dataclass": "dataclasses", "suppress": "contextlib", "StringIO": "io",
}  # fmt: skip

_BUILTINS = tuple(name for name in dir(builtins) if name[0].islower())


def propose(site: Site) -> Iterator[Proposal]:
    """Only where a failing test crashed in this very statement."""
    node = site.node
    crash = site.crashed_with("NameError", "UnboundLocalError")
    if crash and isinstance(node, ast.Name):
        yield from _other_names(site, node, crash.message)
    crash = site.crashed_with("AttributeError")
    if crash and isinstance(node, ast.Attribute):
        yield from _other_attributes(site, node, crash.message)
    if isinstance(node, ast.Subscript) and site.crashed_with("KeyError", "IndexError"):
        yield from _guarded_index(site, node)
    if isinstance(node, (ast.For, ast.comprehension)) and site.crashed_with("RuntimeError"):
        text = site.text(node.iter)
        yield site.put(node.iter, f"list({text})", "iterate over a copy", 1.0)
    if isinstance(node, ast.Call) and site.crashed_with("ValueError") and _is_remove(node):
        assert isinstance(node.func, ast.Attribute)  # noqa: S101
        yield site.put(node.func, f"{site.text(node.func.value)}.discard", "discard", 0.5)
    if isinstance(node, ast.AugAssign) and site.crashed_with("KeyError"):
        yield from _counted(site, node)
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield from _asked_first(site, node.test)
    if isinstance(node, ast.stmt):
        yield from _caught(site, node)


def _other_names(site: Site, node: ast.Name, message: str) -> Iterator[Proposal]:
    if node.id not in _QUOTED.findall(message):
        return
    known = dict.fromkeys((*site.scope.locals, *site.scope.module_names, *_BUILTINS))
    for name in sorted(known, key=lambda n: -spelling_likeness(n, node.id))[:8]:
        if name != node.id:
            yield site.put(
                node, name, f"{node.id} to {name}", 0.4 + 0.6 * spelling_likeness(name, node.id)
            )
    yield from _first_values(site, node)
    for owner in ("self", "cls"):
        if owner in site.scope.parameters:
            yield site.put(node, f"{owner}.{node.id}", f"{owner}.{node.id}", 0.8)
    at = _import_place(site)
    if node.id in _KNOWN_MODULES:
        yield Proposal((Edit(at, at, f"import {node.id}\n"),), f"import {node.id}", 1.0)
    if node.id in _FROM:
        text = f"from {_FROM[node.id]} import {node.id}\n"
        yield Proposal((Edit(at, at, text),), f"import {node.id}", 1.0)


def _first_values(site: Site, node: ast.Name) -> Iterator[Proposal]:
    """What was never given its first value, given one before the outermost block it is in."""
    function = site.scope.node
    body = [s for s in function.body if s.lineno <= node.lineno <= (s.end_lineno or s.lineno)]
    if isinstance(function, ast.Module) or not body or not site.source.starts_line(body[0]):
        return
    at = site.source.starts[body[0].lineno - 1]
    for value in ("[]", "0", "{}", '""', "set()", "None", "1", "False"):
        text = f"{site.source.indent(body[0])}{node.id} = {value}\n"
        yield Proposal((Edit(at, at, text),), f"{node.id} = {value} before", 0.6)


def _import_place(site: Site) -> int:
    first = site.source.tree.body
    for statement in first:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not is_text and not future:
            return site.source.starts[statement.lineno - 1]
    return 0


def _other_attributes(site: Site, node: ast.Attribute, message: str) -> Iterator[Proposal]:
    if node.attr not in _QUOTED.findall(message):
        return
    owner = site.text(node.value)
    known = dict.fromkeys(n for counts in site.scope.attributes.values() for n in counts)
    names = dict.fromkeys((*site.scope.method_names, *site.scope.functions, *known))
    for name in sorted(names, key=lambda n: -spelling_likeness(n, node.attr))[:8]:
        if name != node.attr:
            weight = 0.3 + 0.7 * spelling_likeness(name, node.attr)
            yield site.put(node, f"{owner}.{name}", f".{node.attr} to .{name}", weight)


def _guarded_index(site: Site, node: ast.Subscript) -> Iterator[Proposal]:
    if not isinstance(node.ctx, ast.Load):
        return
    value, key = site.text(node.value), site.text(node.slice)
    if site.crashed_with("KeyError"):
        for default in ("", ", 0", ", []", ', ""', ", {}", ", None", ", False"):
            yield site.put(node, f"{value}.get({key}{default})", f"get{default}", 0.7)
        for name in site.scope.locals[:6]:
            yield site.put(node, f"{value}.get({key}, {name})", f"get, {name}", 0.3)
        yield site.put(node, f"{value}.get({key}, {key})", "get, itself", 0.4)
    else:
        for default in ("None", '""', "0"):
            yield site.put(node, f"({value}[{key}] if {value} else {default})", "if any", 0.5)


def _counted(site: Site, node: ast.AugAssign) -> Iterator[Proposal]:
    """`d[k] += v` for a key that may be missing."""
    if isinstance(node.target, ast.Subscript) and isinstance(node.op, ast.Add):
        owner, key = site.text(node.target.value), site.text(node.target.slice)
        for empty in ("0", "[]", '""'):
            text = f"{owner}[{key}] = {owner}.get({key}, {empty}) + {site.text(node.value)}"
            edit = Edit(*site.source.span(node), text)
            yield Proposal((edit,), f"from {empty} on", 0.7)


def _asked_first(site: Site, test: ast.expr) -> Iterator[Proposal]:
    """In a condition that crashed, first whether there is what it looks at."""
    shown = f"({site.text(test)})" if isinstance(test, (ast.BoolOp, ast.IfExp)) else site.text(test)
    for part in ast.walk(test):
        if not isinstance(part, ast.Subscript) or isinstance(part.slice, ast.Slice):
            continue
        value, key = site.text(part.value), site.text(part.slice)
        if site.crashed_with("IndexError"):
            there = (f"{key} < len({value})", f"{key} >= len({value})")
        elif site.crashed_with("KeyError"):
            there = (f"{key} in {value}", f"{key} not in {value}")
        else:
            return
        if key in ("0", "-1") and site.crashed_with("IndexError"):
            there = (value, f"not {value}")
        yield site.put(test, f"{there[0]} and {shown}", f"{there[0]} first", 0.9)
        yield site.put(test, f"{there[1]} or {shown}", f"or {there[1]}", 0.7)


def _is_remove(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "remove"


def _caught(site: Site, node: ast.stmt) -> Iterator[Proposal]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.With)):
        return
    if block_of(site, node) is None or not site.source.starts_line(node):
        return
    kinds = ("KeyError", "IndexError", "ValueError", "TypeError", "AttributeError",
             "ZeroDivisionError", "StopIteration", "UnicodeDecodeError")  # fmt: skip
    crash = site.crashed_with(*kinds)
    if crash is None:
        return
    indent = site.source.indent(node)
    start, end = whole_lines(site, node)
    body = "".join(f"    {line}" for line in site.source.between(start, end).splitlines(True))
    body = body if body.endswith("\n") else f"{body}\n"
    for leave in (
        "pass",
        "continue",
        "return None",
        *(f"return {t}" for t in site.scope.returned[:2]),
    ):
        text = f"{indent}try:\n{body}{indent}except {crash.kind}:\n{indent}    {leave}\n"
        yield Proposal((Edit(start, end, text),), f"catch: {leave}", 0.08, suspect=leave == "pass")


FAMILY = Family(
    "crash",
    (ast.Name, ast.Attribute, ast.Subscript, ast.For, ast.comprehension, ast.Call, ast.Assign,
     ast.AugAssign, ast.Expr, ast.Return, ast.If, ast.While, ast.IfExp),
    propose,
)  # fmt: skip
