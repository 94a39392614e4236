"""Attributes, methods and functions: another one of the same kind where this one is used."""

import ast
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import spelling_likeness

_MOST = 10
_METHODS = 4
_LIKE = 0.4
# what is seen in other people's programs and has methods that are taken for one another
_TYPES = (
    str, bytes, bytearray, list, dict, set, tuple, int, float, OrderedDict, defaultdict, deque,
    Counter, datetime, date, time, timedelta, Decimal, Fraction,
)  # fmt: skip
# names that do nearly the same and are mistaken for each other
_KINS = (
    ("min", "max"), ("any", "all"), ("sorted", "reversed", "list", "set", "tuple"),
    ("int", "float", "round", "str"), ("ceil", "floor", "trunc", "isqrt"), ("str", "repr"),
    ("append", "extend", "insert", "appendleft", "add"), ("update", "add", "setdefault"),
    ("lower", "upper", "title", "capitalize", "casefold", "swapcase"),
    ("find", "rfind", "index", "rindex"), ("split", "rsplit", "partition", "rpartition"),
    ("split", "splitlines"), ("startswith", "endswith"), ("strip", "lstrip", "rstrip"),
    ("pop", "popleft", "popitem", "get", "remove", "discard"), ("keys", "values", "items"),
    ("sort", "reverse"), ("ljust", "rjust", "center"), ("removeprefix", "removesuffix"),
    ("lstrip", "removeprefix"), ("rstrip", "removesuffix"), ("strip", "removeprefix"),
    ("isdigit", "isalpha", "isalnum", "isnumeric", "isdecimal", "isspace"),
    ("isupper", "islower"), ("union", "intersection", "difference", "symmetric_difference"),
    ("issubset", "issuperset"), ("match", "search", "fullmatch"), ("findall", "finditer"),
    ("bisect_left", "bisect_right", "bisect"), ("heappush", "heappop", "heappushpop"),
    ("sum", "len", "max"), ("range", "enumerate", "len"), ("group", "groups"),
    ("zip", "zip_longest"),
    ("encode", "decode"), ("read", "readline", "readlines"), ("exists", "isfile", "isdir"),
    ("day", "month", "year"), ("hour", "minute", "second", "microsecond"),
    ("days", "seconds", "total_seconds"), ("combinations", "permutations", "product"),
    ("left", "right"), ("first", "last"), ("next", "prev", "previous"), ("head", "tail"),
    ("start", "end", "stop"), ("key", "value"), ("width", "height"), ("x", "y"), ("row", "col"),
)  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """Kin of the name first, then what else is used in the file by likeness."""
    node = site.node
    if isinstance(node, ast.Subscript):
        yield from _asked_for(site, node)
        return
    if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Del):
        parent = site.source.parent(node)
        called = isinstance(parent, ast.Call) and parent.func is node
        yield from _attributes(site, node, called=called)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from _functions(site, node.func, len(node.args))


def _attributes(site: Site, node: ast.Attribute, *, called: bool) -> Iterator[Proposal]:
    owner = site.text(node.value)
    kin = [name for group in _KINS if node.attr in group for name in group]
    used: Mapping[str, int] = site.scope.attributes.get(owner, {})
    own = site.scope.method_names if owner in ("self", "cls") else ()
    kinds = site.scope.types.get(owner, frozenset())
    others = [
        *kin, *_methods_like(node.attr, kinds),
        *(n for n in used if (n in site.scope.functions) == called),
        *(n for n in own if called),
    ]  # fmt: skip
    if not kin and not used:
        others += [n for counts in site.scope.attributes.values() for n in counts]
    for name in _ranked(node.attr, others):
        weight = 0.8 if name in kin else 0.5 * (0.4 + 0.6 * spelling_likeness(node.attr, name))
        yield site.put(node, f"{owner}.{name}", f".{node.attr} to .{name}", weight)


def _asked_for(site: Site, node: ast.Subscript) -> Iterator[Proposal]:
    """`parent[a]` as `root(a)`: a table's entry as what a function of the file says."""
    if not isinstance(node.ctx, ast.Load) or not isinstance(node.slice, (ast.Name, ast.Constant)):
        return
    for name, function in site.scope.functions.items():
        inner = not isinstance(site.source.parent(function), ast.ClassDef)
        if inner and function is not site.scope.node and _fits(function, 1):
            yield site.put(node, f"{name}({site.text(node.slice)})", f"[] to {name}()", 0.4)


def _methods_like(name: str, kinds: frozenset[str]) -> list[str]:
    """Methods that the types a name was seen to have do have, and that are spelt like it."""
    known = {
        other for kind in _TYPES if kind.__name__ in kinds for other in dir(kind)
        if not other.startswith("_") and other != name
    }  # fmt: skip
    like = [other for other in known if spelling_likeness(name, other) >= _LIKE]
    return sorted(like, key=lambda other: (-spelling_likeness(name, other), other))[:_METHODS]


def _functions(site: Site, node: ast.Name, arguments: int) -> Iterator[Proposal]:
    kin = [name for group in _KINS if node.id in group for name in group]
    known = set(site.scope.module_names) | set(_BUILTIN_KIN)
    kin = [name for name in kin if name in known]
    peers = [
        name
        for name, function in site.scope.functions.items()
        if not isinstance(site.source.parent(function), ast.ClassDef) and _fits(function, arguments)
    ]
    local = [n for n in site.scope.parameters if n != "self"]
    for name in _ranked(node.id, [*kin, *peers, *local]):
        alike = 0.4 + 0.6 * spelling_likeness(node.id, name)
        weight = 0.7 if name in kin else (0.7 if name in site.scope.used else 0.4) * alike
        yield site.put(node, name, f"{node.id}() to {name}()", weight)


_BUILTIN_KIN = (
    "min", "max", "any", "all", "sorted", "reversed", "list", "set", "tuple", "int", "float",
    "round", "str", "repr", "sum", "len", "range", "enumerate", "zip",
)  # fmt: skip


def _fits(function: ast.FunctionDef | ast.AsyncFunctionDef, arguments: int) -> bool:
    a = function.args
    most = len(a.posonlyargs) + len(a.args)
    return most - len(a.defaults) <= arguments <= most or a.vararg is not None


def _ranked(old: str, names: list[str]) -> list[str]:
    unique = [name for name in dict.fromkeys(names) if name != old]
    return unique[:_MOST]


FAMILY = Family("names", (ast.Attribute, ast.Call, ast.Subscript), propose, ceiling=0.8)
