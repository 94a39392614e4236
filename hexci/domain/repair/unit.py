"""A function cut out of its file, so that an edit in it can be compiled by itself."""

import ast
import hashlib
import types
import warnings
from dataclasses import dataclass

from hexci.domain.repair.source import Edit, FunctionNode, Source, apply_edits


@dataclass(frozen=True, slots=True)
class Unit:
    """An outermost function or method: what can be exchanged in a running program.

    `headers` are the classes around it as (line number, indented `class Name:` text). `first_line`
    is the line of `def`, `decorated_line` that of its first decorator (what a code object carries).
    """

    path: str
    name: str
    headers: tuple[str, ...]
    first_line: int
    decorated_line: int
    last_line: int
    start: int
    end: int
    body_start: int

    def holds(self, edits: tuple[Edit, ...]) -> bool:
        """Whether all edits are below the signature, so that exchanging the code is enough."""
        return all(self.body_start <= edit.start and edit.end <= self.end for edit in edits)


@dataclass(frozen=True, slots=True)
class CompiledUnit:
    """A unit's new text, compilable by itself, and where the live function is found."""

    path: str
    name: str
    line: int
    last: int
    text: str
    digest: str


def units_of(source: Source) -> tuple[Unit, ...]:
    """Every outermost function of a file, methods included, in order."""
    found: list[Unit] = []

    def visit(body: list[ast.stmt], classes: tuple[str, ...]) -> None:
        for node in body:
            if isinstance(node, FunctionNode):
                found.append(_unit(source, node, classes))
            elif isinstance(node, ast.ClassDef):
                header = f"{source.indent(node)}class {node.name}:"
                visit(node.body, (*classes, header))
            elif isinstance(node, (ast.If, ast.Try, ast.With)):
                for part in ("body", "orelse", "finalbody"):
                    visit(getattr(node, part, []), classes)

    visit(source.tree.body, ())
    return tuple(found)


def compile_unit(source: Source, unit: Unit, edits: tuple[Edit, ...]) -> CompiledUnit | None:
    """The unit with `edits` made; None when it does not compile."""
    shifted = tuple(Edit(e.start - unit.start, e.end - unit.start, e.text) for e in edits)
    data = apply_edits(source.data[unit.start : unit.end], shifted)
    own_text = data.decode("utf-8", "surrogatepass")
    indent = _indent_before(source, unit.start)
    headers = _nested(unit.headers, indent)
    if headers is None:
        return None
    padding = [""] * max(0, unit.first_line - 1 - len(headers))
    text = "\n".join([*padding, *headers, indent + own_text]) + "\n"
    digest = digest_of_code(text)
    if digest is None:
        return None
    return CompiledUnit(unit.path, unit.name, unit.decorated_line, unit.last_line, text, digest)


def digest_of_statement(source: Source, statement: ast.stmt, edits: tuple[Edit, ...]) -> str | None:
    """The like of `digest_of_code` for one statement outside functions with `edits` made in it.

    None when it does not compile; compiling a whole file for each edit would take far longer.
    """
    start, end = lines_of_statement(source, statement)
    shifted = tuple(Edit(e.start - start, e.end - start, e.text) for e in edits)
    text = apply_edits(source.data[start:end], shifted).decode("utf-8", "surrogatepass")
    return digest_of_code(f"if 1:\n{text}\n" if text[:1].isspace() else f"{text}\n")


def lines_of_statement(source: Source, statement: ast.stmt) -> tuple[int, int]:
    """The bytes from the start of a statement's first line, decorators included, to its end."""
    first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])
    return source.starts[first - 1], source.span(statement)[1]


def digest_of_code(text: str) -> str | None:
    """A digest that two texts share when they compile to the same code; None when they do not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `x is 3` in a candidate is nobody's business
            code = compile(text, "<candidate>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    state = hashlib.sha256()
    _feed(state, code)
    return state.hexdigest()


def _feed(state: "hashlib._Hash", code: types.CodeType) -> None:
    names = (code.co_name, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    shape = (code.co_argcount, code.co_kwonlyargcount, code.co_flags)
    state.update(repr((names, shape)).encode("utf-8", "surrogatepass"))
    state.update(code.co_code)
    state.update(getattr(code, "co_exceptiontable", b""))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            _feed(state, constant)
        else:
            # the type keeps 1, 1.0 and True apart
            state.update(f"{type(constant).__name__}:{constant!r}".encode("utf-8", "surrogatepass"))


def _unit(source: Source, node: FunctionNode, classes: tuple[str, ...]) -> Unit:
    start, end = source.span(node)
    body = node.body
    first = body[0]
    decorated = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return Unit(
        path=source.path,
        name=node.name,
        headers=classes,
        first_line=node.lineno,
        decorated_line=decorated,
        last_line=node.end_lineno or node.lineno,
        start=start,
        end=end,
        body_start=_body_start(source, first, start),
    )


def _body_start(source: Source, first: ast.stmt, start: int) -> int:
    # an insertion before the first statement goes to the start of its line
    line_start = source.starts[first.lineno - 1]
    return line_start if line_start > start else source.span(first)[0]


def _indent_before(source: Source, start: int) -> str:
    line_start = max(at for at in source.starts if at <= start)
    before = source.between(line_start, start)
    return before if not before.strip() else ""


def _nested(headers: tuple[str, ...], indent: str) -> list[str] | None:
    if not headers:
        # a function below `if` or `try`: anything indented needs something around it
        return ["if 1:"] if indent else []
    return list(headers) if indent else None
