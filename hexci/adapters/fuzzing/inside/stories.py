"""Short programs that use a class or a function, made of a few plain values as source text."""

import ast
import collections.abc
import gc
import inspect
import itertools
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import types
import typing
import warnings

ROOT = os.getcwd()
SECONDS = 1.0
SPACE = {
    one.__name__: one
    for one in (
        gc, itertools, pathlib, random, shutil, sys, tempfile, threading, time, warnings
    )
}  # fmt: skip
SCALARS = {
    int: ["1", "2", "0", "5"],
    float: ["1.0", "0.5", "10.0", "0.0"],
    str: ["'a'", "'b'", "''"],
    bytes: ["b'a'", "b''"],
    bool: ["True", "False"],
    type(None): ["None"],
    object: ["1", "'a'", "{'a': 1}"],
    typing.Any: ["1", "'a'"],
}
# what a story needs before it begins, by the names that it uses
PRELUDES = {
    "path": [
        "folder = tempfile.mkdtemp()",
        "self.addCleanup(shutil.rmtree, folder, True)",
        "path = pathlib.Path(folder, 'file')",
    ],
    "still": ["def still(*given):", "    time.sleep(0.0005)", "    return 0.0"],
    "counted": [
        "numbers = itertools.count()",
        "def counted(*given):",
        "    time.sleep(0.0005)",
        "    return next(numbers)",
    ],
    "boom": ["def boom(*given):", "    raise RuntimeError('boom')"],
}


class Unfit(Exception):
    """No value of this type is made."""


def pool(hint, name, calls=("still", "counted")):
    """Values of a type, as source text; `calls` are for callables that give a float, or else."""
    if hint in (pathlib.Path, pathlib.PurePath, os.PathLike):
        return ["path"]
    if hint is str and any(word in name.lower() for word in ("path", "file")):
        return ["str(path)"]
    if hint in SCALARS:
        return SCALARS[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is collections.abc.Callable or hint is collections.abc.Callable:
        return [calls[0] if inner and inner[-1] is float else calls[-1]]
    if origin is typing.Literal:
        return [repr(one) for one in inner]
    if origin is typing.Union or isinstance(hint, getattr(types, "UnionType", ())):
        return first_of([pool_or_none(one, name, calls) for one in inner])
    if origin is not None and inner:
        return gathered(origin, inner, name, calls)
    if inspect.isclass(hint) and makes_itself(hint):
        return [hint.__name__ + "()"]
    raise Unfit(hint)


def makes_itself(cls):
    """Whether a class of the repository needs nothing to make an object."""
    file = getattr(sys.modules.get(cls.__module__), "__file__", None) or ""
    if not os.path.realpath(file).startswith(os.path.realpath(ROOT) + os.sep):
        return False
    try:
        return not any(needed for _, _, needed in parameters(cls.__init__, 1))
    except Unfit:
        return "__init__" not in vars(cls)


def pool_or_none(hint, name, calls):
    try:
        return pool(hint, name, calls)
    except Unfit:
        return []


def first_of(pools):
    found = [value for row in itertools.zip_longest(*pools) for value in row if value is not None]
    if not found:
        raise Unfit
    return found[:5]


def gathered(origin, inner, name, calls):
    kind = getattr(origin, "__name__", "")
    values = [pool(one, name, calls) for one in inner if one is not Ellipsis]
    if origin is tuple and Ellipsis not in inner:
        return [
            "(%s,)" % ", ".join(row[at % len(row)] for row in values)
            for at in range(max(len(row) for row in values))
        ]
    if kind in ("dict", "Mapping", "MutableMapping"):
        pairs = list(zip(values[0], itertools.cycle(values[1])))
        return ["{}", "{%s}" % ", ".join("%s: %s" % pair for pair in pairs[:2])]
    first = values[0]
    if kind in ("set", "frozenset", "Set", "MutableSet"):
        return ["%s([%s])" % ("frozenset" if kind == "frozenset" else "set", first[0])]
    if kind in ("list", "Sequence", "Iterable", "Collection", "MutableSequence", "tuple"):
        shape = "(%s,)" if kind == "tuple" else "[%s]"
        return [shape % ", ".join(first[:2]), "()" if kind == "tuple" else "[]"]
    raise Unfit(origin)


def parameters(function, skip=0):
    """(name, hint, is needed) of what a function takes. Raises Unfit where that is not said."""
    try:
        hints = typing.get_type_hints(function)
        found = list(inspect.signature(function).parameters.values())[skip:]
    except (NameError, TypeError, ValueError) as error:
        raise Unfit(str(error)) from error
    wanted = []
    for one in found:
        needed = one.default is one.empty
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            raise Unfit("it hands on whatever it is given")
        if one.name not in hints or one.kind is one.POSITIONAL_ONLY:
            if needed:
                raise Unfit(one.name)
            continue
        wanted.append((one.name, hints[one.name], needed))
    return wanted


def ways(function, skip=0, calls=("still", "counted"), most=4):
    """Argument lists as source text: the needed ones, each value once; then all of them."""
    wanted = parameters(function, skip)
    found = []
    for whole in (False, True):
        rows = []
        for name, hint, needed in wanted:
            if needed:
                rows.append([(name, value) for value in pool(hint, name, calls)])
            elif whole and hint is not typing.Any:  # the default knows better what is needed
                values = pool_or_none(hint, name, calls)
                if values:
                    rows.append([(name, value) for value in values])
        longest = max((len(row) for row in rows), default=1)
        for at in range(longest):
            chosen = [row[at % len(row)] for row in rows]
            text = ", ".join("%s=%s" % pair for pair in chosen)
            if text not in found:
                found.append(text)
    return found[:most] if len(found) <= most else found[: most - 2] + found[-2:]


def prelude(lines):
    """What has to stand before `lines`, by the names that they use."""
    used = {node.id for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.Name)}
    return [line for name, made in PRELUDES.items() if name in used for line in made]


class Cleaner:
    """Stands for the test case of a reproducer while a story is only tried."""

    def __init__(self):
        self.done = []

    def addCleanup(self, call, *given):
        self.done.append((call, given))

    def clean(self):
        for call, given in reversed(self.done):
            call(*given)


def told(lines, module):
    """The names that a story leaves, the error that ended it, and what cleans up after it."""
    cleaner = Cleaner()
    space = {**SPACE, **{n: v for n, v in vars(module).items() if not n.startswith("_")}}
    space["self"] = cleaner
    return space, ended("\n".join([*prelude(lines), *lines]), space), cleaner


class Late(BaseException):
    """A story took too long: it waits for somebody else."""


def ended(text, space):
    """The error that ended a text, or None; Late after some seconds, where that can be told."""
    main = threading.current_thread() is threading.main_thread()
    if main:
        signal.signal(signal.SIGALRM, too_late)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        exec(text, space)
    except (Exception, Late) as error:
        return error
    finally:
        if main:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def too_late(number, frame):
    raise Late


def public_methods(cls):
    for name, thing in sorted(vars(cls).items()):
        if not name.startswith("_") and inspect.isfunction(thing):
            yield name, thing


def probes(cls):
    """Expressions that ask an object `one` how it is, without arguments."""
    found = []
    for name, method in public_methods(cls):
        needed = [
            p
            for p in list(inspect.signature(method).parameters.values())[1:]
            if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
        ]
        if not needed and name not in ("close", "stop", "shutdown", "join", "wait", "run"):
            found.append("one.%s()" % name)
    if hasattr(cls, "__len__"):
        found.append("len(one)")
    return found


def makings(cls, calls=("still", "counted")):
    """Lines that make an object `one` of a class."""
    own = [vars(base) for base in cls.__mro__[:-1] if "__init__" in vars(base)]
    if not own:
        return ["one = %s()" % cls.__name__]
    return ["one = %s(%s)" % (cls.__name__, text) for text in ways(cls.__init__, 1, calls)]


def calls_of(cls, calls=("still", "counted"), most=3):
    """Method → lines that call it."""
    found = {}
    for name, method in public_methods(cls):
        try:
            found[name] = ["one.%s(%s)" % (name, t) for t in ways(method, 1, calls, most)]
        except Unfit:
            continue
    return found


def place_of(error, paths):
    """(path, line) of the innermost frame that lies in a file under review."""
    found, frame = None, error.__traceback__
    while frame is not None:
        path = os.path.relpath(os.path.realpath(frame.tb_frame.f_code.co_filename), ROOT)
        path = path.replace(os.sep, "/")
        if path in paths:
            found = path, frame.tb_lineno
        frame = frame.tb_next
    return found


def is_meant(path, line):
    """Whether the code itself raises there."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        tree = ast.parse(source.read())
    return any(
        isinstance(node, ast.Raise) and node.lineno <= line <= node.end_lineno
        for node in ast.walk(tree)
    )


def line_of(thing):
    """The line of a definition's own `def`, after its decorators."""
    lines, start = inspect.getsourcelines(thing)
    for at, line in enumerate(lines):
        if line.lstrip().startswith(("def ", "async def ", "class ")):
            return start + at
    return start


def is_same(one, other):
    """Whether two texts of answers are; addresses and times cannot be compared."""
    return one == other and " at 0x" not in one


def find(kind, module, path, line, failure, body, name, names):
    """What is handed over: the reproducer is `body`, with what has to stand before it."""
    ready = any(line.strip() == PRELUDES["path"][0] for line in body)
    text = "\n".join(body if ready else [*prelude(body), *body])
    used = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
    return {
        "kind": kind,
        "path": path,
        "line": line,
        "failure": failure,
        "module": module.__name__,
        "imports": sorted({*names, *(n for n in used if n in vars(module) and n[0] != "_")}),
        "std": sorted(name for name in SPACE if name in used),
        "lines": [text],
        "name": name,
    }
