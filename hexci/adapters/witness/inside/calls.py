"""Calls as values: copied, written down, found again by name, and what came out as a text."""

import copy
import hashlib
import importlib
import inspect
import itertools
import os
import re
import types

_MOST = 400
_DEEPEST = 10
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class Call:
    """One call: the module and qualified name of a function, and its arguments in order.

    `shape` is (positional, keyword-only, whether *args, whether **kwargs, keyword-only names).
    """

    def __init__(self, module, name, shape, arguments):
        self.module = module
        self.name = name
        self.shape = shape
        self.arguments = arguments

    @property
    def place(self):
        return f"{self.module}:{self.name}"

    def key(self):
        return digest(f"{self.place} {canonical(self.arguments)}")

    def run(self, function):
        """Calls `function` with copies; (result, the copies)."""
        positional, keyword, stars, double, names = self.shape
        values = [copied(value) for value in self.arguments]
        given = values[:positional]
        named = dict(zip(names, values[positional : positional + keyword]))
        rest = values[positional + keyword :]
        if stars:
            given = [*given, *rest.pop(0)]
        if double:
            named.update(rest.pop(0))
        return consumed(function(*given, **named)), values


def called_from(path, name, function):
    """`function`, called by a function `name` of the file `path`."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    name = name if name.isidentifier() else stem
    scope = {"__name__": stem, "__file__": os.path.abspath(path)}
    text = f"def {name}(function, given, named):\n    return function(*given, **named)\n"
    exec(compile(text, scope["__file__"], "exec"), scope)  # noqa: S102 - a text of ours
    return lambda *given, **named: scope[name](function, given, named)


def copied(value):
    try:
        return copy.deepcopy(value)
    except Exception:
        if isinstance(value, types.ModuleType) or callable(value):
            return value
        raise


def shape_of(code):
    names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    stars, double = bool(code.co_flags & 0x04), bool(code.co_flags & 0x08)
    return (code.co_argcount, code.co_kwonlyargcount, stars, double, tuple(names))


def found(module, name):
    """The function of that name, None where there is none (any more)."""
    try:
        thing = importlib.import_module(module)
        for part in name.split("."):
            thing = inspect.getattr_static(thing, part)
    except BaseException:
        return None
    for inner in ("__func__", "fget", "func"):
        if not isinstance(thing, types.FunctionType):
            thing = getattr(thing, inner, thing)
    return thing if callable(thing) else None


def consumed(value):
    """An iterator's first items as a list, what a coroutine returns; anything else as it is."""
    if inspect.iscoroutine(value):
        import asyncio

        return asyncio.run(value)
    if isinstance(value, types.GeneratorType) or (
        hasattr(value, "__next__") and hasattr(value, "__iter__") and not hasattr(value, "read")
    ):
        return list(itertools.islice(value, _MOST))
    return value


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def kind_of(value):
    """What a result tells: `bool`, `none`, `text`, `number`, `empty` or `other`."""
    if value is None or isinstance(value, bool):
        return "none" if value is None else "bool"
    if isinstance(value, (str, bytes)):
        return "text"
    if isinstance(value, (int, float, complex)):
        return "number"
    return "other"


def canonical(value, depth=0, above=()):
    """A text for any value, the same for values that a caller could not tell apart."""
    if value is None or isinstance(value, (bool, int, str, bytes)):
        base = next(k for k in (bool, int, str, bytes, type(None)) if isinstance(value, k))
        return base.__repr__(value)
    if isinstance(value, type):
        return f"class {value.__name__}"
    if isinstance(value, float):
        return f"{float(value):.9g}"
    if depth > _DEEPEST or id(value) in above:
        return "..."
    above = (*above, id(value))

    def inner(item):
        return canonical(item, depth + 1, above)

    if isinstance(value, (list, tuple)):
        return f"[{','.join(inner(i) for i in value[:_MOST])}]"
    if isinstance(value, dict):
        pairs = [f"{inner(k)}:{inner(v)}" for k, v in itertools.islice(value.items(), _MOST)]
        return f"{{{','.join(sorted(pairs))}}}"
    if isinstance(value, (set, frozenset)):
        return f"set{{{','.join(sorted(inner(i) for i in value))}}}"
    if isinstance(value, (types.ModuleType, types.FunctionType, types.BuiltinFunctionType)):
        return f"{type(value).__name__} {value.__name__}"
    return _of_object(value, inner)


def _of_object(value, inner):
    name = type(value).__name__
    if isinstance(value, BaseException):
        return f"{name}({','.join(inner(a) for a in value.args)})"
    fields = getattr(value, "__dict__", None)
    if fields:
        return f"{name}({','.join(f'{k}={inner(v)}' for k, v in sorted(fields.items()))})"
    slots = [s for c in type(value).__mro__ for s in getattr(c, "__slots__", ())]
    if slots:
        return f"{name}({','.join(f'{s}={inner(getattr(value, s, None))}' for s in slots)})"
    if type(value).__repr__ is object.__repr__:
        return name
    return f"{name}:{_ADDRESS.sub('', repr(value))}"
