"""Runs inside a room, as a test of the gate's own runner: looks for input that breaks the code.

Self-contained, for any Python that hypothesis supports. `ORDERS` is filled in for each run. What
is found is written to a file as data; whether it counts is decided elsewhere, by other runs.
"""

import ast
import importlib
import inspect
import json
import os
import signal
import sys
import time
import unittest

ORDERS = {"paths": {}, "search": "crashes", "seed": 0, "seconds": 30, "library": "", "out": ""}
ROOT = os.getcwd()
END = 0.0
CRASHES = (
    "IndexError",
    "ZeroDivisionError",
    "UnboundLocalError",
    "NameError",
    "AttributeError",
    "TypeError",
    "RecursionError",
    "OverflowError",
    "UnicodeEncodeError",
    "UnicodeDecodeError",
)
CALL_SECONDS = 1


class Late(BaseException):
    """One call took too long."""


def late(signum, frame):
    raise Late


def modules():
    """(path, module, lines under review) of every file that can be imported."""
    for path, lines in sorted(ORDERS["paths"].items()):
        parts = path[:-3].split("/")
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        for start in range(len(parts)):
            name = ".".join(parts[start:])
            try:
                module = importlib.import_module(name)
            except BaseException:
                continue
            if os.path.realpath(module.__file__ or "") == os.path.realpath(
                os.path.join(ROOT, path)
            ):
                yield path, module, set(lines)
                break


def in_scope(thing, lines):
    if not lines:
        return True
    try:
        source, start = inspect.getsourcelines(thing)
    except (OSError, TypeError):
        return False
    return any(start <= line < start + len(source) for line in lines)


def functions(module, lines):
    """Public functions of a module that say what they take."""
    for name, thing in sorted(vars(module).items()):
        if name.startswith("_") or not inspect.isfunction(thing):
            continue
        if thing.__module__ == module.__name__ and in_scope(thing, lines):
            yield name, thing


def classes(module):
    for name, thing in sorted(vars(module).items()):
        if inspect.isclass(thing) and thing.__module__ == module.__name__:
            if not name.startswith("_") and not issubclass(thing, BaseException):
                yield name, thing


def methods(cls, lines):
    for name, thing in sorted(vars(cls).items()):
        if not name.startswith("_") and inspect.isfunction(thing) and in_scope(thing, lines):
            yield name, thing


def crash_of(error):
    """(path, line, kind) of a crash in the repository's own code; None for what is meant."""
    kind = type(error).__name__
    if kind not in CRASHES:
        return None
    frame = error.__traceback__
    while frame.tb_next is not None:
        frame = frame.tb_next
    file = os.path.realpath(frame.tb_frame.f_code.co_filename)
    path = os.path.relpath(file, ROOT).replace(os.sep, "/")
    ours = ORDERS["library"] and path.startswith(ORDERS["library"])
    if path.startswith("..") or ours or file == os.path.realpath(__file__):
        return None
    try:
        with open(file, encoding="utf-8") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.lineno <= frame.tb_lineno <= node.end_lineno:
            return None
    return path, frame.tb_lineno, kind


def is_told(function, kind):
    """Whether the documentation speaks of the error, or of what input must be."""
    text = (inspect.getdoc(function) or "").lower()
    words = (
        kind.lower(),
        "raise",
        "must ",
        "non-empty",
        "nonempty",
        "not empty",
        "at least one",
        "at least two",
        "at least 1",
        "precondition",
    )
    return any(word in text for word in words)


def is_late():
    """Whether the search's time is over."""
    return time.monotonic() > END


def under_review(place, thing=None):
    """Whether a place, or the function around it, is among the lines under review."""
    path, line = place
    if path not in ORDERS["paths"]:
        return False
    lines = set(ORDERS["paths"][path])
    if not lines or line in lines or (thing is not None and in_scope(thing, lines)):
        return True
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        tree = ast.parse(source.read())
    return any(
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= line <= node.end_lineno
        and any(node.lineno <= one <= node.end_lineno for one in lines)
        for node in ast.walk(tree)
    )


def timed(call):
    """What a call answers or raises, or Late."""
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, CALL_SECONDS)
    try:
        return call(), None
    except Late as error:
        return None, error
    except Exception as error:
        return None, error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def written(values):
    """Arguments as source; None when they cannot be read back."""
    text = ", ".join("%s=%r" % item for item in values.items())
    try:
        again = {
            k.arg: ast.literal_eval(k.value)
            for k in ast.parse("f(%s)" % text).body[0].value.keywords
        }
    except (SyntaxError, ValueError, TypeError):
        return None
    return text if again == values else None


def beside(name):
    """The looks of a search that has a module of its own."""
    here = sys.modules[__name__]
    yield from importlib.import_module("hexci_" + name).looks(here)


NEED_HYPOTHESIS = ("crashes", "roundtrips", "answers")


class Search(unittest.TestCase):
    def test_search(self):
        global END
        if ORDERS["library"]:
            sys.path.append(os.path.join(ROOT, ORDERS["library"]))
        END = time.monotonic() + ORDERS["seconds"]
        told = {"found": [], "looked": 0, "left": 0, "problem": "", "why": {}}
        try:
            if ORDERS["search"] in NEED_HYPOTHESIS:
                import hypothesis  # noqa: F401
            look_at(told)
        except ImportError as error:
            told["problem"] = "hypothesis cannot be imported in the gate's Python: %s" % error
        with open(os.path.join(ROOT, ORDERS["out"]), "w", encoding="utf-8") as out:
            json.dump(told, out)


def look_at(told):
    here = sys.modules[__name__]
    if ORDERS["search"] == "answers":
        importlib.import_module("hexci_answers").run(here, told)
        return
    for look in beside(ORDERS["search"]):
        if is_late():
            told["left"] += 1
            continue
        try:
            told["found"] += list(look())
            told["looked"] += 1
        except Exception as error:  # the code that is looked at may raise anything
            told["left"] += 1
            told["why"][type(error).__name__] = str(error)[:200]
