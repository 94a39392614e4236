"""The negation probe for Python tests: rewritten so that an honest test cannot pass.

Every named test ends in a failure, unless one of its checks still holds when what is expected is
replaced by an object that equals nothing, or an assertion method accepts what it must refuse.
So a test that is green here is green whatever it asserts: its harness was hijacked, or what it
compares equals everything.
"""

import ast
from collections.abc import Collection

_PRELUDE = """
_hexci_seen = []
class _HexciOther:
    __slots__ = ()
def _hexci_note(check):
    try:
        if check():
            _hexci_seen.append(1)
    except Exception:
        pass
def _hexci_unlike(value):
    kind = type(value)
    if kind is bool:
        return [not value]
    if kind in (int, float, complex):
        near = value + (-1 if abs(value) == value else 1) * (abs(value) / 2 + 7)
        near = int(near) if kind is int else near
        return [other for other in (near, value * 2 + 1000003) if other != value]
    if kind in (str, bytes):
        end, other = ("~", "~") if kind is str else (b"~", b"~")
        return [value + end, other * len(value)] if value else [value + end]
    if kind in (list, tuple):
        return [value + kind([_HexciOther()]), kind(_HexciOther() for _ in value) + kind([0])]
    if kind is dict:
        return [{**value, _HexciOther(): None}, {key: _HexciOther() for key in (*value, 0)}]
    if kind in (set, frozenset):
        return [value | {_HexciOther()}]
    return [_HexciOther()]
def _hexci_equal(left, right):
    other = _HexciOther()
    _hexci_note(lambda: left == other)
    _hexci_note(lambda: other == right)
    for unlike in _hexci_unlike(right):
        _hexci_note(lambda: left == unlike)
    for unlike in _hexci_unlike(left):
        _hexci_note(lambda: unlike == right)
    return bool(_hexci_seen) or left == right
def _hexci_within(left, right):
    other = _HexciOther()
    _hexci_note(lambda: other in right)
    return left in right
def _hexci_call(check, name, *given, **named):
    result = check(*given, **named)
    for wrong in _hexci_wrong(name, given):
        try:
            check(*wrong)
        except BaseException:
            continue
        _hexci_seen.append(1)
    return result
def _hexci_wrong(name, given):
    other = _HexciOther()
    if len(given) >= 2 and name in _hexci_pairs:
        return [
            (given[0], other),
            (other, given[1]),
            *((given[0], unlike) for unlike in _hexci_unlike(given[1])),
            *((unlike, given[1]) for unlike in _hexci_unlike(given[0])),
        ]
    return _hexci_fixed.get(name, [])
_hexci_pairs = frozenset([
    "assertEqual", "assertEquals", "assertListEqual", "assertTupleEqual", "assertDictEqual",
    "assertSetEqual", "assertMultiLineEqual", "assertSequenceEqual", "assertAlmostEqual",
])
_hexci_fixed = {
    "assertTrue": [(False,)], "assertFalse": [(True,)], "assertIsNone": [(0,)],
    "assertIsNotNone": [(None,)], "assertIn": [(1, [])], "assertNotIn": [(1, [1])],
    "assertIs": [(1, None)], "assertIsNot": [(None, None)], "assertNotEqual": [(1, 1)],
    "assertGreater": [(1, 2)], "assertLess": [(2, 1)], "assertGreaterEqual": [(1, 2)],
    "assertLessEqual": [(2, 1)], "assertIsInstance": [(1, str)], "assertRegex": [("a", "b")],
    "assertCountEqual": [([1], [2])],
}
"""
_CLOSING = """
_hexci_seen.clear()
try:
    pass
finally:
    if not _hexci_seen:
        raise AssertionError("negated by hexci")
"""


def negate_tests(source: bytes, names: Collection[str]) -> tuple[bytes, frozenset[str]] | None:
    """The rewritten file and which of `names` (functions) it has; None when it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    tree = _Checks().visit(tree)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in names:
            found.add(node.name)
            node.body = _closed(node.body)
    if not found:
        return source, frozenset()
    tree.body = _with_prelude(tree.body)
    return ast.unparse(ast.fix_missing_locations(tree)).encode(), frozenset(found)


def _closed(body: list[ast.stmt]) -> list[ast.stmt]:
    clear, closing = ast.parse(_CLOSING).body
    assert isinstance(closing, ast.Try)  # noqa: S101 - for the type checker
    closing.body = body
    return [clear, closing]


def _with_prelude(body: list[ast.stmt]) -> list[ast.stmt]:
    at = 0
    while at < len(body) and _comes_first(body[at]):
        at += 1
    return [*body[:at], *ast.parse(_PRELUDE).body, *body[at:]]


def _comes_first(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Checks(ast.NodeTransformer):
    """Comparisons inside assertions, and assertion methods, are made to reveal themselves."""

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        """`assert a == b` asks too whether `a` equals something that equals nothing."""
        node.test = _Comparisons().visit(node.test)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """`self.assertEqual(a, b)` asks too whether the method can refuse."""
        self.generic_visit(node)
        function = node.func
        if not (isinstance(function, ast.Attribute) and function.attr.startswith("assert")):
            return node
        if not (isinstance(function.value, ast.Name) and function.value.id in ("self", "cls")):
            return node
        if any(_means_anything(argument) for argument in node.args):
            return node
        return ast.Call(
            ast.Name("_hexci_call", ast.Load()),
            [function, ast.Constant(function.attr), *node.args],
            node.keywords,
        )


class _Comparisons(ast.NodeTransformer):
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """`==` and `in` with two sides."""
        self.generic_visit(node)
        if len(node.ops) != 1 or _means_anything(node):
            return node
        helper = {ast.Eq: "_hexci_equal", ast.In: "_hexci_within"}.get(type(node.ops[0]))
        if helper is None:
            return node
        return ast.Call(ast.Name(helper, ast.Load()), [node.left, node.comparators[0]], [])


def _means_anything(node: ast.AST) -> bool:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    attributes = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return "ANY" in names | attributes
