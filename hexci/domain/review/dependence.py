"""Whether what failed in a reproducer depends on the code that it accuses.

`assert False` fails on any code. A failing line counts only when a value that the repository's
code gave back, or the way that its call ended, reaches it.
"""

import ast


def depends(text: str, line: int, own: frozenset[str]) -> bool:
    """Whether the statement of the test file at `line` (from 1) hangs on names in `own`."""
    tree = ast.parse(text)
    tainted = _tainted(tree, own)
    chain = _enclosing(tree, line)
    if not chain:
        return False
    inner = chain[-1]
    if _uses(inner, tainted):
        return True
    # a bare failure under a condition, or after a call in a `try`: what surrounds it must depend
    return any(_governs(outer, inner, tainted) for outer in chain[:-1])


def _tainted(tree: ast.Module, own: frozenset[str]) -> set[str]:
    """Names that hold something of the repository's, in no particular scope: the least fixpoint."""
    tainted = set(own)
    while True:
        before = len(tainted)
        for node in ast.walk(tree):
            tainted |= _spread(node, tainted)
        if len(tainted) == before:
            return tainted


def _spread(node: ast.AST, tainted: set[str]) -> set[str]:
    if isinstance(node, ast.Assign) and _uses(node.value, tainted):
        return {n for t in node.targets for n in _stored(t)}
    if isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
        return _stored(node.target) if _uses(node.value, tainted) else set()
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension) and _uses(node.iter, tainted):
        return _stored(node.target)
    if isinstance(node, ast.withitem) and node.optional_vars is not None:
        return _stored(node.optional_vars) if _uses(node.context_expr, tainted) else set()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name} if any(_uses(part, tainted) for part in node.body) else set()
    if isinstance(node, ast.Call):
        return _filled(node, tainted)
    return set()


def _filled(call: ast.Call, tainted: set[str]) -> set[str]:
    """`seen.append(f())` fills `seen`, and `f(seen)` may: a list handed to the code is its too."""
    found: set[str] = set()
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    if isinstance(call.func, ast.Attribute) and any(_uses(v, tainted) for v in values):
        found |= _stored_root(call.func.value)
    if _uses(call.func, tainted):
        found |= {v.id for v in values if isinstance(v, ast.Name)}
    return found


def _stored(target: ast.AST) -> set[str]:
    names = {n.id for n in ast.walk(target) if isinstance(n, ast.Name) and _is_stored(n)}
    return names | {
        n.attr for n in ast.walk(target) if isinstance(n, ast.Attribute) and _is_self(n.value)
    }


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _stored_root(node: ast.AST) -> set[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute) and _is_self(node.value):
            return {node.attr}
        node = node.value
    return {node.id} if isinstance(node, ast.Name) and not _is_self(node) else set()


def _uses(node: ast.AST, names: set[str]) -> bool:
    return any(
        (isinstance(n, ast.Name) and n.id in names)
        or (isinstance(n, ast.Attribute) and n.attr in names and _is_self(n.value))
        for n in ast.walk(node)
    )


def _is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def _enclosing(tree: ast.Module, line: int) -> list[ast.stmt]:
    """Statements around `line`, outermost first."""
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return sorted(found, key=lambda n: (n.lineno, -(n.end_lineno or n.lineno), n.col_offset))


def _governs(outer: ast.stmt, inner: ast.stmt, tainted: set[str]) -> bool:
    if isinstance(outer, ast.If | ast.While):
        return _uses(outer.test, tainted)
    if isinstance(outer, ast.For | ast.AsyncFor):
        return _uses(outer.iter, tainted)
    if isinstance(outer, ast.Try):
        return any(_uses(part, tainted) for part in outer.body if part is not inner)
    if isinstance(outer, ast.Match):
        return _uses(outer.subject, tainted)
    return False
