"""Arguments: one dropped, added or replaced; a keyword dropped, or added as another call has it."""

import ast
from collections.abc import Iterator, Mapping

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, FunctionNode, called_name

_KNOWN_KEYWORDS = {
    "sorted": ("reverse=True", "key=len"),
    "sort": ("reverse=True",),
    "max": ("default=0", "default=None", "key=len"),
    "min": ("default=0", "default=None", "key=len"),
    "open": ('encoding="utf-8"', 'newline=""'),
    "split": ("maxsplit=1",),
    "rsplit": ("maxsplit=1",),
    "strip": ('" "', '" \\t\\r\\n"'),
    "rstrip": ('" "', '"\\n"', '" \\t\\r\\n"'),
    "lstrip": ('" "', '" \\t\\r\\n"'),
    "zip": ("strict=True",),
    "enumerate": ("start=1",),
    "int": ("base=10", "base=16"),
    "dumps": ("sort_keys=True", "ensure_ascii=False", "default=str"),
    "decode": ('"utf-8"', 'errors="replace"'),
    "encode": ('"utf-8"',),
    "compile": ("re.IGNORECASE", "re.DOTALL", "re.MULTILINE", "re.ASCII"),
    "fullmatch": ("flags=re.IGNORECASE", "flags=re.DOTALL"),
    "match": ("flags=re.IGNORECASE", "flags=re.DOTALL"),
    "search": ("flags=re.IGNORECASE", "flags=re.DOTALL"),
    "sub": ("count=1", "flags=re.IGNORECASE"),
    "makedirs": ("exist_ok=True",),
    "mkdir": ("exist_ok=True", "parents=True"),
}
# what these are often given besides
_MORE = {
    "range": ("-1",), "pop": ("0", "-1", "None"), "get": ("0", "None", '""', "[]", "False"),
    "next": ("None",), "sum": ("[]",), "int": ("2", "16"), "round": ("2", "1"),
    "split": ('","', '" "', "1"), "enumerate": ("1",), "setdefault": ("[]", "0"),
    "getattr": ("None",),
}  # fmt: skip
_MANY = 4
_VALUES = 8  # names that may be kept for a key
_SHORT = 24  # letters of an element that is one argument more
# what takes no argument more
_FULL = frozenset(
    ("len", "set", "list", "tuple", "sorted", "reversed", "abs", "str", "ord", "chr", "bool",
     "dict", "append", "add", "extend", "popleft", "items", "keys", "values", "lower", "upper",
     "sort", "join", "isdigit", "isalpha", "heapify", "heappop", "float", "any", "all", "repr",
     "copy")
)  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """Other argument lists for one call."""
    node = site.node
    assert isinstance(node, ast.Call)  # noqa: S101
    yield from _dropped(site, node)
    yield from _added(site, node)
    yield from _recursive(site, node)
    yield from _other_end(site, node)
    yield from _unpacked(site, node)


def _unpacked(site: Site, node: ast.Call) -> Iterator[Proposal]:
    """`f(rows)` as `f(*rows)`, and back."""
    for argument in node.args:
        text = site.text(argument)
        if isinstance(argument, ast.Starred):
            yield site.put(argument, text.removeprefix("*"), "as one argument", 0.4)
        elif len(node.args) == 1 and called_name(node.func) not in _FULL:
            kinds = site.scope.types.get(text, frozenset())
            likely = bool(kinds & {"list", "tuple"}) or isinstance(argument, (ast.List, ast.Tuple))
            if likely or not kinds:
                edit = Edit(*site.source.span(argument), f"*{text}")
                yield Proposal((edit,), "unpacked", 0.3 if likely else 0.1)


def _other_end(site: Site, node: ast.Call) -> Iterator[Proposal]:
    """`append(x)` as `insert(0, x)`, `get(x)` as `setdefault(x, y)`, and back."""
    if not isinstance(node.func, ast.Attribute) or node.keywords:
        return
    owner, given = site.text(node.func.value), [site.text(argument) for argument in node.args]
    if node.func.attr == "append" and len(given) == 1:
        yield site.put(node, f"{owner}.insert(0, {given[0]})", "in front", 0.25)
    elif node.func.attr == "insert" and len(given) == 2:
        yield site.put(node, f"{owner}.append({given[1]})", "at the end", 0.4)
    elif node.func.attr == "get" and given:
        values = [n for n in site.names if n not in ("self", "cls", *given)]
        for value in given[1:] or values[:_VALUES]:
            change = f"{owner}.setdefault({given[0]}, {value})"
            yield site.put(node, change, "kept from then on", 0.4)
    elif node.func.attr == "setdefault" and len(given) == 2:
        yield site.put(node, f"{owner}.get({given[0]}, {given[1]})", "not kept", 0.4)


def _dropped(site: Site, node: ast.Call) -> Iterator[Proposal]:
    parts = _parts(node)
    if not parts or (len(parts) == 1 and isinstance(parts[0], ast.GeneratorExp)):
        return
    for at, part in enumerate(parts):
        start, end = site.source.span(part)
        if at + 1 < len(parts):
            end = site.source.span(parts[at + 1])[0]
        elif at:
            start = site.source.span(parts[at - 1])[1]
        if site.source.between(start, end).count("(") == site.source.between(start, end).count(")"):
            weight = 0.6 if isinstance(part, ast.keyword) else 0.4
            yield Proposal((Edit(start, end, ""),), "drop an argument", weight)


def _added(site: Site, node: ast.Call) -> Iterator[Proposal]:
    name = called_name(node.func)
    for text, weight in _candidates(site, node, name):
        yield _with(site, node, text, weight)
    if name not in _FULL and len(node.args) < _MANY:
        for before in node.args:
            at = site.source.span(before)[0]
            for text in ("0", "1", *[n for n in site.names if n not in ("self", "cls")][:8]):
                edit = Edit(at, at, f"{text}, ")
                yield Proposal((edit,), f"{text} in front of an argument", 0.12)


def _candidates(site: Site, node: ast.Call, name: str) -> Iterator[tuple[str, float]]:
    have = {keyword.arg for keyword in node.keywords}
    yield from (
        (text, 0.5) for text in _KNOWN_KEYWORDS.get(name, ()) if text.partition("=")[0] not in have
    )
    for other in site.scope.calls.get(name, ()):
        if other is not node:
            fresh = [k for k in other.keywords if k.arg and k.arg not in have]
            yield from ((site.text(keyword), 0.5) for keyword in fresh)
    yield from (
        (text, 0.35)
        for text in dict.fromkeys(site.scope.keywords_elsewhere(name))
        if text.partition("=")[0] not in have and _is_plain(text)
    )
    yield from ((text, 0.3) for text in _MORE.get(name, ()))
    if name in ("min", "max") and len(node.args) > 1:
        yield from _elements(site, node)
    yield from _positional(site, node, name)
    function = site.scope.functions.get(name)
    free = _free(function, node, have) if function else []
    yield from _for_parameters(site, node, free)


def _positional(site: Site, node: ast.Call, name: str) -> Iterator[tuple[str, float]]:
    """Locals as one argument more, for functions that are not the file's own."""
    if node.keywords or name in _FULL or name in site.scope.functions:
        return
    for local in site.names[:8]:
        if local not in ("self", "cls"):
            yield local, 0.15


def _elements(site: Site, node: ast.Call) -> Iterator[tuple[str, float]]:
    """One element more to take the least or most of."""
    for other in site.scope.expressions:
        if isinstance(other, ast.Subscript) and len(site.text(other)) <= _SHORT:
            yield site.text(other), 0.3
            yield from ((text, 0.25) for text in _neighbours(site, node, other))
        elif isinstance(other, ast.Call) and _is_like_one_of(other, node):
            yield site.text(other), 0.3


def _is_like_one_of(other: ast.Call, node: ast.Call) -> bool:
    """Whether a call is of the function that an argument is a call of."""
    called = {called_name(a.func) for a in node.args if isinstance(a, ast.Call)}
    own = {ast.dump(argument) for argument in node.args}
    return called_name(other.func) in called and ast.dump(other) not in own


def _neighbours(site: Site, node: ast.Call, other: ast.Subscript) -> Iterator[str]:
    """An element of the same sequence at the places that the other arguments look at."""
    for argument in node.args:
        if isinstance(argument, ast.Subscript):
            yield f"{site.text(other.value)}[{site.text(argument.slice)}]"


def _is_plain(text: str) -> bool:
    """Whether a keyword's value is a literal: names of another file may mean nothing here."""
    try:
        ast.literal_eval(text.partition("=")[2])
    except (ValueError, SyntaxError):
        return False
    return True


def _free(function: FunctionNode, node: ast.Call, have: set[str | None]) -> list[str]:
    """Parameters of the called function that the call leaves open."""
    wanted = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    wanted = wanted[1:] if wanted[:1] in (["self"], ["cls"]) else wanted
    free = [a for a in wanted[len(node.args) :] if a not in have]
    return free + [a.arg for a in function.args.kwonlyargs if a.arg not in have]


def _for_parameters(site: Site, node: ast.Call, free: list[str]) -> Iterator[tuple[str, float]]:
    own: Mapping[str, int] = site.scope.attributes.get("self", {})
    for parameter in free:
        if parameter in site.scope.locals:
            yield f"{parameter}={parameter}", 0.9
            if parameter == free[0] and not node.keywords:
                yield parameter, 0.5
        for attribute in (f"_{parameter}", parameter):
            if attribute in own:
                yield f"{parameter}=self.{attribute}", 0.6
    if free:
        values = (*site.scope.locals[:8], "True", "False")
        yield from ((f"{free[0]}={value}", 0.2) for value in values)


def _recursive(site: Site, node: ast.Call) -> Iterator[Proposal]:
    if called_name(node.func) != getattr(site.scope.node, "name", ""):
        return
    for argument, parameter in zip(node.args, site.scope.parameters, strict=False):
        text = site.text(argument)
        if text != parameter:
            yield site.put(argument, parameter, "recursion argument", 0.5)


def _with(site: Site, node: ast.Call, text: str, weight: float) -> Proposal:
    parts = _parts(node)
    if "=" not in text or not parts:
        parts = list(node.args)
    if parts:
        end = site.source.span(parts[-1])[1]
        edit = Edit(end, end, f", {text}")
    else:
        start = site.source.span(node.func)[1]
        opening = site.source.data.index(b"(", start) + 1
        comma = ", " if node.keywords else ""
        edit = Edit(opening, opening, text + comma)
    return Proposal((edit,), f"add {text}", weight)


def _parts(node: ast.Call) -> list[ast.expr | ast.keyword]:
    return sorted((*node.args, *node.keywords), key=lambda p: (p.lineno, p.col_offset))


FAMILY = Family("argument", (ast.Call,), propose)
