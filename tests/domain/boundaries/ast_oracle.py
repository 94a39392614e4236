"""What CPython's own parser says of a file's imports: the truth the scanner is held against."""

import ast

from hexci.domain.boundaries.kinds import LAZY, OPTIONAL, TYPE_ONLY

Said = tuple[str, int, int]  # spec, line, bits


def imports_by_ast(source: bytes) -> list[Said]:
    """Every import statement. Raises SyntaxError or ValueError for what is no Python."""
    found: list[Said] = []
    _visit(ast.parse(source), 0, found)
    return sorted(found)


def _visit(node: ast.AST, bits: int, found: list[Said]) -> None:
    match node:
        case ast.Import():
            found.extend((alias.name, node.lineno, bits) for alias in node.names)
        case ast.ImportFrom():
            names = ",".join(alias.name for alias in node.names)
            found.append((f"{'.' * node.level}{node.module or ''}:{names}", node.lineno, bits))
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            _all(node.body, bits | LAZY, found)
        case ast.If():
            said = _type_only(node.test)
            _all(node.body, bits | (TYPE_ONLY if said is True else 0), found)
            _all(node.orelse, bits | (TYPE_ONLY if said is False else 0), found)
        case ast.Try() | ast.TryStar():
            _all(node.body, bits | (OPTIONAL if node.handlers else 0), found)
            for handler in node.handlers:
                _all(handler.body, bits | OPTIONAL, found)
            _all([*node.orelse, *node.finalbody], bits, found)
        case _:
            for field in ("body", "orelse", "cases"):
                _all(getattr(node, field, None), bits, found)


def _all(nodes: object, bits: int, found: list[Said]) -> None:
    for node in nodes if isinstance(nodes, list) else []:
        _visit(node, bits, found)


def _type_only(test: ast.expr) -> bool | None:
    match test:
        case ast.UnaryOp(op=ast.Not()):
            inner = _type_only(test.operand)
            return None if inner is None else not inner
        case ast.Name(id="TYPE_CHECKING" | "MYPY"):
            return True
        case ast.Attribute(value=ast.Name(), attr="TYPE_CHECKING" | "MYPY"):
            return True
        case ast.BoolOp(op=ast.And()) if isinstance(test.values[0], ast.Name | ast.Attribute):
            return True if _type_only(test.values[0]) else None
    return None
