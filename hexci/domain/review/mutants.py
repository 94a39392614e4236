"""Small breakages of Python code, on lines that were changed: which of them do the tests miss?"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

# what a comparison becomes: the edge moves, or the sense turns
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_COUNTED: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One breakage: the file's whole new `text`, and what was done, for a person."""

    path: str
    line: int
    told: str
    text: str


def mutants_of(path: str, text: str, lines: frozenset[int]) -> tuple[Mutant, ...]:
    """Every breakage on `lines` (none: on all) inside functions, in the order of the text."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ()
    starts = _starts(text)
    found = []
    for node in _within_functions(tree):
        for part, new in _breakages(node, text):
            if lines and part.lineno not in lines:
                continue
            first, last = _span(part, starts, text)
            old = text[first:last]
            if old != new:
                broken = text[:first] + new + text[last:]
                found.append(
                    Mutant(path, part.lineno, f"`{_short(old)}` → `{_short(new)}`", broken)
                )
    unique = {mutant.text: mutant for mutant in found if _parses(mutant.text)}
    return tuple(sorted(unique.values(), key=lambda m: (m.line, m.told)))


def _within_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in node.body:
                yield from ast.walk(statement)


def _breakages(node: ast.AST, text: str) -> Iterator[tuple[ast.expr, str]]:
    """(expression, what to write in its place)."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        left, right = _source(node.left, text), _source(node.comparators[0], text)
        yield node, f"{left} {_COMPARED[type(node.ops[0])]} {right}"
    elif isinstance(node, ast.BoolOp):
        word = " and " if isinstance(node.op, ast.Or) else " or "
        yield node, word.join(f"({_source(value, text)})" for value in node.values)
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        left, right = _source(node.left, text), _source(node.right, text)
        if not any(isinstance(n, ast.Constant | ast.JoinedStr) and not _is_number(n)
                   for n in (node.left, node.right)):  # fmt: skip
            yield node, f"({left}) {_COUNTED[type(node.op)]} ({right})"
    elif isinstance(node, ast.Constant) and _is_number(node):
        yield node, repr(node.value + 1)  # type: ignore[operator]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, f"bool({_source(node.operand, text)})"
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield node.test, f"not ({_source(node.test, text)})"
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield node.value, "None"


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in {int, float}


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _source(node: ast.expr, text: str) -> str:
    return ast.get_source_segment(text, node) or ""


def _starts(text: str) -> list[int]:
    """Where each line begins, in characters."""
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        starts.append(at)
        at += len(line)
    return starts


def _span(node: ast.expr, starts: list[int], text: str) -> tuple[int, int]:
    """The expression's place in characters; its columns are counted in bytes."""
    lines = text.splitlines(keepends=True)

    def at(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode("utf-8", "replace"))

    end_line = node.end_lineno or node.lineno
    return at(node.lineno, node.col_offset), at(end_line, node.end_col_offset or 0)


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
