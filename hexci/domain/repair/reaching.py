"""Code outside functions that suspect lines read: constants, patterns, tables, class attributes.

It runs when its module is imported, so no test's trace has it; what reads it is all that tells.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.repair.source import FunctionNode, Source
from hexci.domain.repair.suspicion import Line

_READ = 0.7  # of the suspicion of a line that reads it
_HEAD = 0.5  # of the suspicion of a function's worst line, where its head has none of its own
_LONG = 12  # lines; the more a table has, the less likely each is
_BESIDE = 0.3  # of the worst line of its file: a constant that something unseen may read
_STEPS = 2  # a pattern is often put together of others

Scores = dict[Line, float]


def with_what_is_read(sources: Mapping[str, Source], lines: Mapping[Line, float]) -> Scores:
    """`lines` and, with less suspicion, what they read that stands outside functions.

    `sources` are files by path; a name that a file imports from another of them is followed.
    """
    defined = {path: _definitions(source) for path, source in sources.items()}
    found: Scores = dict(lines)
    newest: Mapping[Line, float] = lines
    for step in range(_STEPS):
        added: Scores = {}
        for path, source in sources.items():
            own = {line: score for (where, line), score in newest.items() if where == path}
            if not own:
                continue
            if step == 0:
                _lift_heads(source, own, added)
            _lift_read(source, defined, own, added)
        newest = {line: s for line, s in added.items() if s > found.get(line, 0.0)}
        found.update(newest)
    _lift_constants(sources, lines, found)
    return found


def imported_files(sources: Mapping[str, Source], paths: Sequence[str]) -> list[str]:
    """Those of `paths` that `sources` seem to import, and that are none of them."""
    tails = set()
    for source in sources.values():
        for module, name in _definitions(source).imported.values():
            tails |= {module.rpartition(".")[2], name}
    return [p for p in paths if p not in sources and p.endswith(".py") and _tail(p) in tails]


def _tail(path: str) -> str:
    """The last part of a file's name as a module."""
    return path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class _Defined:
    """Statements that give a value to a name of the module, or of one of its classes."""

    names: dict[str, list[ast.stmt]] = field(default_factory=dict)
    attributes: dict[str, list[ast.stmt]] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)  # (module's tail, name)


def _definitions(source: Source) -> _Defined:
    found = _Defined()
    _visit(source.tree.body, found, found.names)
    return found


def _visit(body: list[ast.stmt], found: _Defined, names: dict[str, list[ast.stmt]]) -> None:
    for node in body:
        if isinstance(node, ast.ClassDef):
            _visit(node.body, found, found.attributes)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            for name in _stored(node):
                names.setdefault(name, []).append(node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.imported.update(_imported(node))
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            for part in ("body", "orelse", "finalbody"):
                _visit(getattr(node, part, []), found, names)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, tuple[str, str]]]:
    for alias in node.names:
        name = alias.asname or alias.name
        if isinstance(node, ast.Import):
            yield name, (alias.name, "")
        else:
            yield name, (node.module or "", alias.name)


def _stored(node: ast.stmt) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id
    target = getattr(node, "target", None)
    if isinstance(node, ast.AugAssign) and isinstance(target, ast.Name):
        yield target.id


def _lift_heads(source: Source, own: Mapping[int, float], added: Scores) -> None:
    """Lines of signatures and decorators that have no event of their own."""
    for node in ast.walk(source.tree):
        if isinstance(node, FunctionNode):
            inside = range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
            worst = max((own.get(line, 0.0) for line in inside), default=0.0)
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            score = own.get(first, worst * _HEAD)
            for line in range(first, node.body[0].lineno):
                if line not in own:
                    _lift(added, (source.path, line), score)


def _lift_constants(
    sources: Mapping[str, Source], lines: Mapping[Line, float], found: Scores
) -> None:
    """Short constants of suspect files: what read them may have run before any test did."""
    for path, source in sources.items():
        worst = max((s for (where, _), s in lines.items() if where == path), default=0.0)
        for statements in _definitions(source).names.values():
            for statement in statements if worst else ():
                length = (statement.end_lineno or statement.lineno) - statement.lineno + 1
                if length <= _LONG:
                    for line in range(statement.lineno, statement.lineno + length):
                        if (path, line) not in found:
                            found[path, line] = worst * _BESIDE


def _lift_read(
    source: Source, defined: Mapping[str, _Defined], own: Mapping[int, float], added: Scores
) -> None:
    mine = defined[source.path]
    for node in ast.walk(source.tree):
        score = own.get(getattr(node, "lineno", 0), 0.0)
        if not score:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            for path, statement in _named(source.path, mine, defined, node.id):
                _lift_statement(added, path, statement, score)
        elif isinstance(node, ast.Attribute):
            for path, statement in _held(source.path, mine, defined, node):
                _lift_statement(added, path, statement, score)


def _named(
    path: str, mine: _Defined, defined: Mapping[str, _Defined], name: str
) -> Iterator[tuple[str, ast.stmt]]:
    for statement in mine.names.get(name, ()):
        yield path, statement
    module, original = mine.imported.get(name, ("", ""))
    if original:
        for other in _files_of(module, defined):
            for statement in defined[other].names.get(original, ()):
                yield other, statement


def _held(
    path: str, mine: _Defined, defined: Mapping[str, _Defined], node: ast.Attribute
) -> Iterator[tuple[str, ast.stmt]]:
    for statement in mine.attributes.get(node.attr, ()):
        yield path, statement
    if isinstance(node.value, ast.Name) and node.value.id in mine.imported:
        module, original = mine.imported[node.value.id]
        whole = ".".join(part for part in (module, original) if part)
        for other in _files_of(whole, defined):
            for statement in defined[other].names.get(node.attr, ()):
                yield other, statement


def _files_of(module: str, defined: Mapping[str, _Defined]) -> Iterator[str]:
    tail = module.rpartition(".")[2]
    return (path for path in defined if tail and _tail(path) == tail)


def _lift_statement(added: Scores, path: str, statement: ast.stmt, score: float) -> None:
    last = statement.end_lineno or statement.lineno
    length = last - statement.lineno + 1
    share = _READ * min(1.0, _LONG / length) ** 0.5
    for line in range(statement.lineno, last + 1):
        _lift(added, (path, line), score * share)


def _lift(added: Scores, line: Line, score: float) -> None:
    if score > added.get(line, 0.0):
        added[line] = score
