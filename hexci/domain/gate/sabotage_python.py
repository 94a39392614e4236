"""The sabotage probe for Python: what a change touched, made to raise."""

import ast
from collections.abc import Iterator

# Not an Exception, so that `except Exception` in the code under test does not hide it.
_RAISE = "raise type('Sabotage', (BaseException,), {})('this code was made to fail')"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sabotage_functions(before: bytes | None, after: bytes) -> bytes | None:
    """`after` with the bodies of all changed and new functions raising; None when there are none.

    None too when the file cannot be parsed.
    """
    try:
        tree = ast.parse(after)
    except (SyntaxError, ValueError):
        return None
    changed = changed_functions(before, tree)
    if not changed:
        return None
    for function in changed:
        docstring = function.body[:1] if ast.get_docstring(function) is not None else []
        function.body = [*docstring, *ast.parse(_RAISE).body]
    return ast.unparse(ast.fix_missing_locations(tree)).encode()


def changed_functions(before: bytes | None, tree: ast.Module) -> list[Function]:
    """Outermost functions of `tree`, methods included, that `before` does not have like that."""
    known = _shapes(before)
    return [f for name, f in _functions(tree) if known.get(name) != ast.dump(f)]


def sabotage_module(before: bytes | None, after: bytes) -> bytes | None:
    """A module that raises when imported, if more than functions changed; else None."""
    try:
        tree = ast.parse(after)
    except (SyntaxError, ValueError):
        return None
    if before is not None and _outside_functions(before) == _rest(tree):
        return None
    return f"{_RAISE}\n".encode()


def _shapes(source: bytes | None) -> dict[str, str]:
    try:
        tree = ast.parse(source or b"")
    except (SyntaxError, ValueError):
        return {}
    return {name: ast.dump(function) for name, function in _functions(tree)}


def _functions(
    node: ast.Module | ast.ClassDef | ast.stmt, prefix: str = ""
) -> Iterator[tuple[str, Function]]:
    """Outermost functions, methods included, with their qualified names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.stmt):
            yield from _functions(child, prefix)


def _outside_functions(source: bytes) -> str:
    try:
        return _rest(ast.parse(source))
    except (SyntaxError, ValueError):
        return ""


def _rest(tree: ast.Module) -> str:
    """The module without the bodies of its functions and without docstrings."""
    bare = ast.parse(ast.unparse(tree))
    for _, function in _functions(bare):
        function.body = [ast.Pass()]
    for node in ast.walk(bare):
        if isinstance(node, ast.Module | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    # functions that came or went are the business of `sabotage_functions`
    return ast.dump(_WithoutFunctions().visit(bare))


class _WithoutFunctions(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Left out."""

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Left out."""
