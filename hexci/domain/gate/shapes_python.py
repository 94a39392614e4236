"""Shapes of Python code that tell what it is for, whatever its names."""

import ast
import re
from collections.abc import Iterator

# Comparisons, and what one that pleases everybody answers.
ALWAYS_EQUAL = {"__eq__": True, "__ne__": False, "__contains__": True}


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every absolute import: its statement and the dotted name of the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module


def only_names_a_module(tree: ast.Module) -> frozenset[int]:
    """Identities of the nodes `….f_globals` of which only the module's name is read."""
    return frozenset(
        id(inner)
        for node in ast.walk(tree)
        for inner, key in _looked_up(node)
        if isinstance(inner, ast.Attribute) and inner.attr == "f_globals"
        if isinstance(key, ast.Constant) and key.value in ("__name__", "__package__")
    )


def _looked_up(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Mapping and key of `m[k]` that is read, and of `m.get(k, …)`."""
    match node:
        case ast.Subscript(value=value, slice=key, ctx=ast.Load()):
            yield value, key
        case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[key, *_]):
            yield value, key


def root_of(node: ast.AST) -> str:
    """`a` of `a.b.c`; empty when it begins otherwise than with a name."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def bound_names(tree: ast.Module) -> dict[str, str]:
    """What names bound by imports stand for, dotted."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                names[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def without_functions(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and all below it that runs when the module is loaded."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from without_functions(child)


def ignores_other(function: ast.FunctionDef) -> bool:
    """Whether a comparison answers without a look at its second argument."""
    other = second(function.args)
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    returns = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value]
    raises = any(isinstance(n, ast.Raise) for n in ast.walk(function))
    if not other or raises or not returns:
        return False
    refuses = all(isinstance(r, ast.Constant | ast.Name) and _says_no(r, function) for r in returns)
    return not refuses and not any(uses(statement, other) for statement in body)


def _says_no(value: ast.expr, function: ast.FunctionDef) -> bool:
    if isinstance(value, ast.Name):
        return value.id == "NotImplemented"
    honest = not ALWAYS_EQUAL[function.name]
    return isinstance(value, ast.Constant) and value.value is honest


def second(arguments: ast.arguments) -> str:
    """The name of the second argument; empty when there is none."""
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    return names[1] if len(names) > 1 else ""


def uses(node: ast.AST, name: str) -> bool:
    """Whether `name` is read or written at or below `node`."""
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node))


def decodes(node: ast.expr) -> bool:
    """Whether it makes bytes or text out of an encoded form."""
    text = ast.unparse(node)
    return bool(re.search(r"b64decode|b85decode|fromhex|decompress|marshal|rot13|unhexlify", text))


def tidies(node: ast.Call) -> bool:
    """Whether what is registered reads like closing something."""
    name = ast.unparse(node.args[0]) if node.args else ""
    return bool(
        re.search(r"close|shutdown|cleanup|clean_up|flush|stop|disconnect|release|remove|rmtree"
                  r"|unlink|save|join|terminate|delete|teardown|dispose|finali[sz]e", name)
    )  # fmt: skip
