"""New Python code that answers trivially on demand, and tests that are asked whether they mind."""

import ast
import json
from collections.abc import Collection

from hexci.domain.gate.sabotage_python import changed_functions
from hexci.domain.gate.witness_python import Place, prelude_of

_STUB = """
if (_stub := __import__("sys").modules.get({module!r})) is not None and _stub.mode:
    return _stub.answer()
"""
_TRIED = """
def {name}({parameters}):
    pass
    return _tried({name}_body, [{given}], {name!r})
"""
_PRELUDE = """
def _tried(body, given, name):
    import os
    stubbing, root = _witness()
    stubbing.tried(body, given, name, os.path.join(root, {out!r}))
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def stubbed_code(before: bytes | None, after: bytes, place: Place) -> bytes | None:
    """`after` with its new and changed functions under our control; None when there are none."""
    try:
        tree = ast.parse(after)
    except (SyntaxError, ValueError):
        return None
    changed = [f for f in changed_functions(before, tree) if not f.name.startswith("__")]
    if not changed:
        return None
    for function in changed:
        stub = ast.parse(_STUB.format(module=f"{place.package}.stubbing")).body
        docstring = function.body[:1] if ast.get_docstring(function) is not None else []
        function.body = [*docstring, *stub, *function.body[len(docstring) :]]
    return ast.unparse(ast.fix_missing_locations(tree)).encode()


def asked_tests(
    path: str, source: bytes, names: Collection[str], place: Place
) -> tuple[bytes, frozenset[str]] | None:
    """The test file with each of `names` tried against every stub, and those that can be.

    Coroutines cannot, nor subtests, which keep a failure to themselves.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    asked: set[str] = set()
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        if function.name in names and _can_be_asked(function):
            _ask(function)
            asked.add(function.name)
    if not asked:
        return None
    at = next((n for n, node in enumerate(tree.body) if not _comes_first(node)), len(tree.body))
    prelude = prelude_of(path, place, ".stubbing") + _PRELUDE.format(out=place.answers)
    tree.body[at:at] = ast.parse(prelude).body
    return ast.unparse(ast.fix_missing_locations(tree)).encode(), frozenset(asked)


def indifferent(said: bytes, asked: Collection[str]) -> str:
    """What the new code may answer without any of the tests `asked` minding; else empty."""
    heard: dict[str, list[frozenset[str]]] = {}
    for line in said.splitlines():
        try:
            told = json.loads(line)
            heard.setdefault(str(told["test"]), []).append(frozenset(map(str, told["passed"])))
        except (ValueError, KeyError, TypeError):
            continue
    if not heard or set(heard) != set(asked):
        return ""
    common = frozenset.intersection(*(passed for told in heard.values() for passed in told))
    return ", or ".join(sorted(common))


def _ask(function: ast.FunctionDef) -> None:
    parameters = [a.arg for a in _arguments(function)]
    names = ", ".join(parameters)
    body = ast.FunctionDef(
        f"{function.name}_body",
        ast.arguments([], [ast.arg(name) for name in parameters], None, [], [], None, []),
        function.body,
        [],
        None,
        lineno=function.lineno,
    )
    outer = ast.parse(_TRIED.format(name=function.name, parameters=names, given=names)).body[0]
    assert isinstance(outer, ast.FunctionDef)  # noqa: S101 - for the type checker
    function.body = [body, *outer.body[1:]]


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    arguments = function.args
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _can_be_asked(function: ast.FunctionDef) -> bool:
    attributes = {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
    yields = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(function))
    return not yields and "subTest" not in attributes and not function.args.vararg


def _comes_first(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
