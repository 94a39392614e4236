"""Whether a Python test file asserts at least what it did before: judged on the syntax tree."""

import ast
import re
from collections.abc import Collection, Sequence

# Calls at module level that only prepare the file's own tests.
_HARMLESS_CALLS = re.compile(
    r"sys\.path\.(?:insert|append)|(?:\w+\.)*importorskip|warnings\.\w+|logging\.\w+"
    r"|(?:\w+\.)*seed|(?:\w+\.)*environ\.setdefault|django\.setup|print|locale\.setlocale"
    r"|(?:\w+\.)*register_assert_rewrite|(?:\w+\.)*(?:register|load)_profile"
)
_CHANGING = re.compile(
    r"\b(?:setattr|delattr|exec|eval|__import__|globals|vars)\(|\.start\(\)|__dict__|sys\.modules\["
)
_HOOKS = ("pytest_", "setUpModule", "tearDownModule", "load_tests")


def weakening(before: bytes, after: bytes, moved: Collection[str] = ()) -> str:
    """What the new file asserts less, empty when it is as strong.

    `moved` are shapes (see `shapes_of`) of functions in other test files of the change: a test
    that moved there unchanged is not lost.
    """
    try:
        old, new = ast.parse(before), ast.parse(after)
    except (SyntaxError, ValueError):
        return "cannot be parsed, so nobody can say what it still asserts"
    return _block(old.body, new.body, moved, "the module")


def shapes_of(source: bytes) -> frozenset[str]:
    """The shapes of all functions in a file: their whole syntax, without positions."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(
        ast.dump(n) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def added_fault(source: bytes) -> str:
    """What a *new* test file does to others when it is merely imported; empty when nothing."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return "cannot be parsed"
    for node in tree.body:
        if fault := _reaches_out(node):
            return f"line {node.lineno}: {fault}"
    return ""


def _reaches_out(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if node.name.startswith(_HOOKS[0]) or node.name in _HOOKS:
            return f"`{node.name}` steers the test runner"
        return ""
    targets = _targets(node)
    if any(isinstance(t, ast.Name) and t.id == "pytest_plugins" for t in targets):
        return "`pytest_plugins` loads code into the test runner"
    if any(
        isinstance(t, ast.Attribute | ast.Subscript) and not _is_environment(t) for t in targets
    ):
        return "changes something outside this file when it is imported"
    return _acts_at_import(node)


def _is_environment(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) and ast.unparse(target.value).endswith("environ")


def _acts_at_import(node: ast.stmt) -> str:
    """What a statement at module level does beyond naming things, empty when nothing."""
    if isinstance(node, ast.ClassDef):
        inner = (_reaches_out(n) for n in node.body if not isinstance(n, ast.ClassDef))
        return next((fault for fault in inner if fault and "steers" not in fault), "")
    if isinstance(node, ast.If | ast.Try):
        bodies = [node.body, node.orelse, getattr(node, "finalbody", [])]
        bodies += [h.body for h in getattr(node, "handlers", [])]
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
            return ""
        return next((f for body in bodies for n in body if (f := _reaches_out(n))), "")
    if isinstance(node, ast.Expr):
        value = node.value
        harmless = isinstance(value, ast.Constant) or (
            isinstance(value, ast.Call) and _HARMLESS_CALLS.fullmatch(ast.unparse(value.func))
        )
        return "" if harmless else "runs code when it is imported"
    if isinstance(node, ast.For | ast.While | ast.With | ast.AsyncFor | ast.AsyncWith):
        return "runs code when it is imported"
    if _CHANGING.search(ast.unparse(node)):
        return "changes other code when it is imported"
    return ""


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return [node.target]
    return node.targets if isinstance(node, ast.Delete) else []


def _block(
    old: Sequence[ast.stmt], new: Sequence[ast.stmt], moved: Collection[str], where: str
) -> str:
    """Definitions are matched by name, other statements in order; additions must be harmless."""
    new_definitions = {n.name: n for n in new if isinstance(n, _DEFINITIONS)}
    seen: set[str] = set()
    for node in old:
        if not isinstance(node, _DEFINITIONS):
            continue
        seen.add(node.name)
        other = new_definitions.get(node.name)
        if other is None:
            if ast.dump(node) not in moved:
                return f"`{node.name}` is gone"
        elif fault := _definition(node, other, moved):
            return fault
    for name, node in new_definitions.items():
        if name not in seen and (fault := _reaches_out(node)):
            return fault
    if len(new_definitions) != sum(isinstance(n, _DEFINITIONS) for n in new):
        return f"{where} defines a name twice, the second hides the first"
    return _statements(
        [n for n in old if not isinstance(n, _DEFINITIONS)],
        [n for n in new if not isinstance(n, _DEFINITIONS)],
        where,
        _names_in(old),
    )


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _definition(old: ast.stmt, new: ast.stmt, moved: Collection[str]) -> str:
    if ast.dump(old) == ast.dump(new):
        return ""
    if isinstance(old, ast.ClassDef) and isinstance(new, ast.ClassDef):
        if [ast.dump(n) for n in (*old.bases, *old.decorator_list)] != [
            ast.dump(n) for n in (*new.bases, *new.decorator_list)
        ]:
            return f"`{old.name}` has other bases or decorators"
        return _block(old.body, new.body, moved, f"`{old.name}`")
    if isinstance(old, _DEFINITIONS[:2]) and type(old) is type(new):
        assert isinstance(new, _DEFINITIONS[:2])  # noqa: S101 - for the type checker
        return _function(old, new)
    return "a definition became something else"


def _function(
    old: ast.FunctionDef | ast.AsyncFunctionDef, new: ast.FunctionDef | ast.AsyncFunctionDef
) -> str:
    if ast.dump(old.args) != ast.dump(new.args):
        return f"`{old.name}` takes other arguments"
    if len(old.decorator_list) != len(new.decorator_list):
        return f"`{old.name}` has other decorators"
    pairs = zip(old.decorator_list, new.decorator_list, strict=True)
    if not all(_as_wide(a, b) for a, b in pairs):
        return f"`{old.name}` has other decorators or fewer parameters"
    return _statements(old.body, new.body, f"`{old.name}`", _names_in(old.body))


def _as_wide(old: ast.expr, new: ast.expr) -> bool:
    """Equal decorators, or a `parametrize` with more rows."""
    if ast.dump(old) == ast.dump(new):
        return True
    if not (isinstance(old, ast.Call) and isinstance(new, ast.Call)):
        return False
    same = ast.dump(old.func) == ast.dump(new.func) and ast.unparse(old.func).endswith(
        "parametrize"
    )
    if not same or len(old.args) != 2 or len(new.args) != 2 or old.keywords or new.keywords:
        return False
    rows, more = old.args[1], new.args[1]
    if not isinstance(rows, ast.List | ast.Tuple) or not isinstance(more, ast.List | ast.Tuple):
        return False
    have = [ast.dump(row) for row in more.elts]
    plain = all(not isinstance(row, ast.Call | ast.Starred) for row in more.elts)
    return plain and all(ast.dump(row) in have for row in rows.elts)


def _names_in(nodes: Sequence[ast.stmt]) -> set[str]:
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def _statements(
    old: Sequence[ast.stmt], new: Sequence[ast.stmt], where: str, used: set[str]
) -> str:
    """`used` are names that what was there relies on."""
    waiting = list(old)
    for node in new:
        if waiting and _same_or_wider(waiting[0], node, used):
            waiting.pop(0)
        elif not _harmless(node, used):
            return f"line {node.lineno}: {where} no longer does what it did"
    return f"{where} asserts less than before" if waiting else ""


def _same_or_wider(old: ast.stmt, new: ast.stmt, used: set[str]) -> bool:
    """The same statement, or an import of the same module that brings new names besides."""
    if ast.dump(old) == ast.dump(new):
        return True
    if not (isinstance(old, ast.ImportFrom) and isinstance(new, ast.ImportFrom)):
        return False
    if (old.module, old.level) != (new.module, new.level):
        return False
    had = {(a.name, a.asname) for a in old.names}
    has = {(a.name, a.asname) for a in new.names}
    return had <= has and not {bound or name for name, bound in has - had} & used


def _harmless(node: ast.stmt, used: set[str]) -> bool:
    """Adds a check, an import or a name of its own; redirects nothing that was there."""
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Import | ast.ImportFrom):
        return not {a.asname or a.name.partition(".")[0] for a in node.names} & used
    if isinstance(node, ast.Assign):
        names = {t.id for t in node.targets if isinstance(t, ast.Name)}
        return len(names) == len(node.targets) and not names & used
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or _asserts(node.value)
    if isinstance(node, ast.With):
        return all("raises" in ast.unparse(i.context_expr).casefold() for i in node.items)
    return False


def _asserts(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).startswith("self.assert")
