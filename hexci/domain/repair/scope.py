"""What can be named at a place: variables, functions, attributes, with how often they are used."""

import ast
import builtins
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from hexci.domain.repair.source import FunctionNode, Source, called_name

Types = Mapping[str, frozenset[str]]
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_CONTAINERS = frozenset({"list", "dict", "set", "tuple", "str", "deque", "defaultdict", "Counter"})


@dataclass(frozen=True, eq=False)
class Scope:
    """One function (or the module's top level) and what its code can use.

    `types` are the run-time type names of locals, as seen in the traced run; may be empty.
    `others` are other files of the program that the failing tests ran.
    """

    source: Source
    node: FunctionNode | ast.Module
    types: Types = field(default_factory=dict)
    others: tuple[Source, ...] = ()

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Parameter names in order."""
        if isinstance(self.node, ast.Module):
            return ()
        a = self.node.args
        starred = [arg for arg in (a.vararg, a.kwarg) if arg]
        return tuple(x.arg for x in [*a.posonlyargs, *a.args, *a.kwonlyargs, *starred])

    @cached_property
    def locals(self) -> tuple[str, ...]:
        """Parameters, then assigned names in the order they first appear, then those around it.

        What only a comprehension or an inner function binds is none of them.
        """
        stored = [n.id for n in _own_nodes(self.node) if isinstance(n, ast.Name) and _is_stored(n)]
        outer = [] if isinstance(self.node, ast.Module) else list(self._closure_names())
        own = [*self.parameters, *stored, *outer]
        return tuple(name for name in dict.fromkeys(own) if name != "_")

    @cached_property
    def used(self) -> Counter[str]:
        """How often each name is read in the function."""
        return Counter(
            n.id for n in ast.walk(self.node)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        )  # fmt: skip

    @cached_property
    def unbound(self) -> tuple[str, ...]:
        """Names that the function reads and nothing binds: something else took their place."""
        around = bound_inside(self.node)
        known = {*self.locals, *self.module_names, *dir(builtins), *around}
        return tuple(name for name in self.used if name not in known)

    @cached_property
    def module_names(self) -> tuple[str, ...]:
        """Names bound at the module's top level: functions, classes, constants, imports."""
        return tuple(dict.fromkeys(_bound_names(self.source.tree.body)))

    @cached_property
    def attributes(self) -> Mapping[str, Counter[str]]:
        """Attribute names used in the file, by the text they hang on (`self`, `node`, …)."""
        return _attributes(self.source)

    @cached_property
    def method_names(self) -> tuple[str, ...]:
        """Methods of the class around the function."""
        owner = self.source.parent(self.node)
        body = owner.body if isinstance(owner, ast.ClassDef) else []
        return tuple(n.name for n in body if isinstance(n, FunctionNode))

    @cached_property
    def functions(self) -> Mapping[str, FunctionNode]:
        """The file's own functions and methods by name."""
        return _functions(self.source)

    @property
    def calls(self) -> Mapping[str, tuple[ast.Call, ...]]:
        """All calls of the file by the last part of what is called."""
        return _calls(self.source)

    def keywords_elsewhere(self, name: str) -> Iterator[str]:
        """Texts of the keyword arguments that calls of `name` in other files have."""
        for source in self.others:
            for call in _calls(source).get(name, ()):
                yield from (source.text(k) for k in call.keywords if k.arg)

    @cached_property
    def expressions(self) -> tuple[ast.expr, ...]:
        """Every expression read in the function, each text once."""
        seen: dict[str, ast.expr] = {}
        for n in ast.walk(self.node):
            if isinstance(n, ast.expr) and _is_read(n) and hasattr(n, "lineno"):
                seen.setdefault(ast.dump(n), n)
        return tuple(seen.values())

    @cached_property
    def returned(self) -> tuple[str, ...]:
        """Texts of the values the function returns."""
        return tuple(
            dict.fromkeys(
                self.source.text(n.value)
                for n in ast.walk(self.node)
                if isinstance(n, ast.Return) and n.value is not None
            )
        )

    @cached_property
    def raised(self) -> tuple[str, ...]:
        """Texts of the file's `raise` statements, those of the function first."""
        nodes = (*ast.walk(self.node), *ast.walk(self.source.tree))
        raises = (n for n in nodes if isinstance(n, ast.Raise) and n.exc is not None)
        return tuple(dict.fromkeys(self.source.text(n) for n in raises))

    @cached_property
    def is_generator(self) -> bool:
        """Whether it yields."""
        return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(self.node))

    @cached_property
    def simple_statements(self) -> tuple[tuple[str, frozenset[str], FunctionNode], ...]:
        """One-line statements of all functions of the file: text, names read, whose they are."""
        return _simple_statements(self.source)

    @property
    def statements_elsewhere(self) -> Iterator[tuple[str, frozenset[str], FunctionNode]]:
        """The like of other files."""
        for source in self.others:
            yield from _simple_statements(source)

    @property
    def is_method(self) -> bool:
        """Whether it is defined in a class."""
        return isinstance(self.source.parent(self.node), ast.ClassDef)

    def was_seen(self, name: str, kinds: Collection[str]) -> bool:
        """Whether a local was seen to hold a value of one of `kinds`."""
        return not self.types.get(name, frozenset()).isdisjoint(kinds)

    def is_container(self, name: str) -> bool:
        """Whether a local was seen to hold a container, or nothing is known of it."""
        seen = self.types.get(name)
        return not seen or bool(seen & _CONTAINERS)

    def is_number(self, name: str) -> bool:
        """Whether a local was seen to hold a number, or nothing is known of it."""
        seen = self.types.get(name)
        return not seen or bool(seen & {"int", "float", "bool", "Fraction", "Decimal"})

    def likeness(self, one: str, other: str) -> float:
        """0..1: how likely `other` is what was meant by `one`, by type and spelling."""
        mine, its = self.types.get(one), self.types.get(other)
        by_type = 0.75 if not mine or not its else (1.0 if mine & its else 0.3)
        return by_type * (0.6 + 0.4 * spelling_likeness(one, other))

    def _closure_names(self) -> Iterator[str]:
        for above in self.source.around(self.node):
            if isinstance(above, FunctionNode):
                yield from Scope(self.source, above).locals


@lru_cache(maxsize=24)
def _attributes(source: Source) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for n in ast.walk(source.tree):
        if isinstance(n, ast.Attribute):
            found.setdefault(source.text(n.value), Counter())[n.attr] += 1
    return found


@lru_cache(maxsize=24)
def _functions(source: Source) -> Mapping[str, FunctionNode]:
    return {n.name: n for n in ast.walk(source.tree) if isinstance(n, FunctionNode)}


@lru_cache(maxsize=24)
def _calls(source: Source) -> Mapping[str, tuple[ast.Call, ...]]:
    found: dict[str, list[ast.Call]] = {}
    for call in (n for n in ast.walk(source.tree) if isinstance(n, ast.Call)):
        if name := called_name(call.func):
            found.setdefault(name, []).append(call)
    return {name: tuple(calls) for name, calls in found.items()}


@lru_cache(maxsize=24)
def _simple_statements(source: Source) -> tuple[tuple[str, frozenset[str], FunctionNode], ...]:
    kinds = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise)
    found = []
    for node in ast.walk(source.tree):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        function = source.function_of(node) if isinstance(node, kinds) and not is_text else None
        if function is not None and node.lineno == node.end_lineno:  # type: ignore[attr-defined]
            reads = (n for n in ast.walk(node) if isinstance(n, ast.Name))
            names = frozenset(n.id for n in reads if isinstance(n.ctx, ast.Load))
            found.append((source.text(node), names, function))
    return tuple(found)


@lru_cache(maxsize=100_000)
def spelling_likeness(one: str, other: str) -> float:
    """0..1 by shared pairs of letters (Dice), 1 for equal words."""
    if one == other:
        return 1.0
    pairs = [{a + b for a, b in pairwise(w)} or {w} for w in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))


def bound_inside(node: ast.AST) -> frozenset[str]:
    """All names that anything in a function binds, inner functions and comprehensions too."""
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_stored(n)}
    found |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    return frozenset(found | {n.name for n in ast.walk(node) if isinstance(n, FunctionNode)})


def bound_around(source: Source, node: ast.AST) -> Iterator[str]:
    """Names that the comprehensions and lambdas around a node bind, nearest first."""
    for above in source.around(node):
        if isinstance(above, FunctionNode):
            return
        if isinstance(above, ast.Lambda):
            yield from (argument.arg for argument in above.args.args)
        for generator in getattr(above, "generators", ()):
            targets = (n for n in ast.walk(generator.target) if isinstance(n, ast.Name))
            yield from (target.id for target in targets)


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """What is run in a function's own frame: no inner function, no comprehension's target."""
    waiting = list(reversed(list(ast.iter_child_nodes(node))))
    while waiting:
        inner = waiting.pop()
        yield inner
        if isinstance(inner, ast.comprehension):
            waiting += reversed([inner.iter, *inner.ifs])
        elif not isinstance(inner, _INNER):
            waiting += reversed(list(ast.iter_child_nodes(inner)))


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _is_read(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _bound_names(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, FunctionNode | ast.ClassDef):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _bound_names(node.body)
        else:
            for n in ast.walk(node):
                if isinstance(n, ast.Name) and _is_stored(n):
                    yield n.id
