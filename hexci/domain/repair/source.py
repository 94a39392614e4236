"""A Python file as text with a syntax tree over it: every node knows its bytes."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE_END = re.compile(rb"\r\n|\r|\n")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

# what may stand where an operand stands without parentheses
_ATOMS = (
    ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict,
    ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.JoinedStr,
)  # fmt: skip
_TIGHT_PARENTS = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Attribute, ast.Subscript, ast.Await,
    ast.Starred,
)  # fmt: skip

_LOWEST = (ast.IfExp, ast.Lambda, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Tuple)
# what needs parentheses there; in other tight places all but atoms do
_LOOSE_IN: dict[type[ast.AST], tuple[type[ast.expr], ...]] = {
    ast.Compare: (*_LOWEST, ast.BoolOp, ast.Compare),
    ast.BoolOp: (*_LOWEST, ast.BoolOp),
}


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` instead of the bytes from `start` to `end` (exclusive) of the file in UTF-8."""

    start: int
    end: int
    text: str


def apply_edits(data: bytes, edits: Sequence[Edit]) -> bytes:
    """`data` with all `edits` made; they must not overlap. Raises ValueError when they do."""
    parts = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError("edits overlap")
        parts += [data[at : edit.start], edit.text.encode("utf-8", "surrogatepass")]
        at = edit.end
    return b"".join([*parts, data[at:]])


class Source:
    """One parsed file. `data` is UTF-8 whatever the file's own encoding is."""

    def __init__(self, path: str, data: bytes, encoding: str = "utf-8") -> None:
        self.path = path
        self.data = data
        self.encoding = encoding
        self.tree = ast.parse(data)
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(data))]
        self.parents: dict[ast.AST, ast.AST] = {
            child: parent
            for parent in ast.walk(self.tree)
            for child in ast.iter_child_nodes(parent)
        }

    def span(self, node: ast.AST) -> tuple[int, int]:
        """First byte and the byte after the last of a node that has a place."""
        assert isinstance(node, (ast.expr, ast.stmt, ast.arg, ast.keyword, ast.excepthandler))  # noqa: S101
        assert node.end_lineno is not None  # noqa: S101
        assert node.end_col_offset is not None  # noqa: S101
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def text(self, node: ast.AST) -> str:
        """The node's text exactly as written."""
        start, end = self.span(node)
        return self.between(start, end)

    def between(self, start: int, end: int) -> str:
        """The text of a byte range."""
        return self.data[start:end].decode("utf-8", "surrogatepass")

    def is_in_place(self, node: ast.expr) -> bool:
        """Whether the node's place in the text really holds the node."""
        body = _expression(self.text(node))
        return body is not None and ast.dump(body) == ast.dump(node)

    def indent(self, node: ast.stmt) -> str:
        """The white space before a statement; with text before it, its width in spaces."""
        before = self.between(self.starts[node.lineno - 1], self.span(node)[0])
        return before if not before.strip() else " " * len(before)

    def starts_line(self, node: ast.stmt) -> bool:
        """Whether nothing but white space stands before the statement on its line."""
        return not self.between(self.starts[node.lineno - 1], self.span(node)[0]).strip()

    def replace(self, node: ast.AST, text: str) -> Edit:
        """`text` in a node's place, in parentheses where its surroundings would tear it apart."""
        start, end = self.span(node)
        if self._is_tight(node) and not self._binds(node, text):
            text = f"({text})"
        return Edit(start, end, text)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node around a node."""
        return self.parents.get(node)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, nearest first."""
        while (above := self.parents.get(node)) is not None:
            yield above
            node = above

    def statement_of(self, node: ast.AST) -> ast.stmt | None:
        """The innermost statement a node belongs to (itself, if it is one)."""
        if isinstance(node, ast.stmt):
            return node
        return next((above for above in self.around(node) if isinstance(above, ast.stmt)), None)

    def function_of(self, node: ast.AST) -> FunctionNode | None:
        """The innermost function whose body a node is in."""
        return next((above for above in self.around(node) if isinstance(above, FunctionNode)), None)

    def encoded(self, data: bytes) -> bytes:
        """Edited `data` in the file's own encoding. Raises UnicodeEncodeError when it cannot be."""
        if self.encoding == "utf-8":
            return data
        return data.decode("utf-8").encode(self.encoding)

    def _binds(self, node: ast.AST, text: str) -> bool:
        """Whether `text` holds together by itself where `node` stands."""
        if is_atom(text):
            return True
        parent = self.parents.get(node)
        loose = _LOOSE_IN.get(type(parent)) if parent else None
        body = _expression(text)
        is_not = isinstance(body, ast.UnaryOp) and isinstance(body.op, ast.Not)
        if loose is None or body is None or (is_not and ast.Compare is type(parent)):
            return False
        return not isinstance(body, loose)

    def _is_tight(self, node: ast.AST) -> bool:
        parent = self.parents.get(node)
        if isinstance(parent, ast.Call):
            return parent.func is node
        if isinstance(parent, ast.Subscript):
            return parent.value is node
        return isinstance(parent, _TIGHT_PARENTS)


def is_atom(text: str) -> bool:
    """Whether an expression's text needs no parentheses anywhere."""
    body = _expression(text)
    return isinstance(body, (*_ATOMS, ast.Tuple)) and (
        not isinstance(body, ast.Tuple) or text.startswith("(")
    )


def as_operand(text: str) -> str:
    """An expression's text as it can stand beside any operator: in parentheses unless an atom."""
    return text if is_atom(text) else f"({text})"


def called_name(function: ast.AST) -> str:
    """The last part of what a call calls: `f` of `f` and of `a.f`; empty for anything else."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def first_statement(node: FunctionNode) -> ast.stmt | None:
    """A function's first statement after what documents it; None if there is nothing else."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        return body[1] if len(body) > 1 else None
    return body[0]


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def parse_source(path: str, raw: bytes) -> Source | None:
    """The file `path` with content `raw`; None when it is no Python this interpreter reads."""
    bom = raw.startswith(_BOM)
    head = b"\n".join(raw.split(b"\n", 2)[:2])
    cookie = _COOKIE.search(head)
    encoding = "utf-8" if bom or cookie is None else cookie[1].decode("ascii").lower()
    try:
        if encoding in ("utf-8", "utf8", "ascii", "us-ascii"):
            # a byte order mark stays where it is: the parser reads over it only in bytes, and
            # counts columns of the first line without it, so such a file is left alone
            return None if bom else Source(path, raw)
        return Source(path, raw.decode(encoding).encode("utf-8"), encoding)
    except (SyntaxError, ValueError, LookupError, RecursionError, MemoryError):
        return None
