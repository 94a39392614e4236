"""Runs inside a room, as a test of the gate's own runner: looks for input that breaks the code.

Self-contained, for any Python that hypothesis supports. `ORDERS` is filled in for each run. What
is found is written to a file as data; whether it counts is decided elsewhere, by other runs.
"""

import ast
import doctest
import importlib
import inspect
import json
import os
import signal
import sys
import time
import typing
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
INVERSES = (
    ("encode", "decode"),
    ("dumps", "loads"),
    ("dump", "load"),
    ("pack", "unpack"),
    ("serialize", "deserialize"),
    ("serialise", "deserialise"),
    ("quote", "unquote"),
    ("escape", "unescape"),
    ("compress", "decompress"),
    ("format", "parse"),
    ("to", "from"),
    ("render", "parse"),
    ("join", "split"),
    ("marshal", "unmarshal"),
)
SCALARS = (int, float, str, bytes, bool, type(None))
EXAMPLES = 150
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


class Unfit(Exception):
    """No input of this type is made."""


def strategy(hint):
    """Plain values only: what is made must be written down in a reproducer."""
    from hypothesis import strategies as st

    plain = {
        int: st.one_of(st.integers(-1000, 1000), st.sampled_from([5_000, 100_000])),
        float: st.floats(-1e6, 1e6, allow_nan=False, width=32),
        str: st.text(st.characters(codec="utf-8"), max_size=12),
        bytes: st.binary(max_size=12),
        bool: st.booleans(),
        type(None): st.none(),
    }
    if hint in plain:
        return plain[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (list, set, frozenset, tuple, dict) or str(origin).startswith(
        "<class 'collections.abc"
    ):
        return collection(st, origin, arguments)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is typing.Union or type(hint).__name__ == "UnionType":
        return st.one_of([strategy(one) for one in arguments])
    raise Unfit(hint)


def collection(st, origin, arguments):
    name = origin.__name__
    if origin is tuple and (len(arguments) != 2 or arguments[1] is not Ellipsis):
        return st.tuples(*[strategy(one) for one in arguments])
    if origin is dict or name in ("Mapping", "MutableMapping"):
        return st.dictionaries(strategy(arguments[0]), strategy(arguments[1]), max_size=5)
    inner = strategy(arguments[0])
    if origin in (set, frozenset) or name in ("Set", "MutableSet"):
        return (
            st.frozensets(inner, max_size=6) if origin is frozenset else st.sets(inner, max_size=6)
        )
    made = st.lists(inner, max_size=6)
    return made.map(tuple) if origin is tuple else made


def arguments_of(function, skip=0):
    """A strategy for the keyword arguments that a function needs."""
    from hypothesis import strategies as st

    hints = typing.get_type_hints(function)
    wanted = {}
    for parameter in list(inspect.signature(function).parameters.values())[skip:]:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise Unfit("it hands on whatever it is given")
        if parameter.kind is parameter.POSITIONAL_ONLY or parameter.name not in hints:
            if parameter.default is parameter.empty:
                raise Unfit(parameter.name)
            continue
        try:
            wanted[parameter.name] = strategy(hints[parameter.name])
        except Unfit:
            if parameter.default is parameter.empty:
                raise
    return st.fixed_dictionaries(wanted)


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
    if path.startswith("..") or file == os.path.realpath(__file__):
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


def smallest(made, breaks):
    """The smallest input that breaks in one way, by hypothesis; None when none was found."""
    found = {}

    def once(value):
        key = breaks(value)
        if key is not None:
            found[key] = value
            raise AssertionError

    body = drawn(made, once, EXAMPLES)
    try:
        body()
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
    # the last one written is the one that shrinking ended with
    return list(found.items())[-1] if found else None


def drawn(made, once, examples):
    """A test of hypothesis that hands `once` that many values."""
    import hypothesis
    from hypothesis import HealthCheck, Phase, settings

    body = hypothesis.given(made)(once)
    body = hypothesis.seed(ORDERS["seed"])(body)
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        print_blob=False,
    )(body)


def gather(made, seen, most):
    """Fills `seen` with that many values."""

    def once(value):
        seen.append(value)

    drawn(made, once, most)()


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


def break_calls(module, path, name, function):
    """Input that crashes a function of a module."""
    made = arguments_of(function)

    def breaks(values):
        _, error = timed(lambda: function(**values))
        return None if error is None or isinstance(error, Late) else crash_of(error)

    found = smallest(made, breaks)
    text = written(found[1]) if found else None
    if text is not None and not is_told(function, found[0][2]):
        yield dict(
            zip(("path", "line", "failure"), found[0]),
            module=module.__name__,
            imports=[name],
            lines=["%s(%s)" % (name, text)],
            name=name,
        )


def break_methods(module, path, name, cls, lines):
    """Input that crashes a method of an object that was made with plain values."""
    from hypothesis import strategies as st

    own_init = "__init__" in vars(cls)
    first = arguments_of(cls.__init__, 1) if own_init else st.just({})
    for method_name, method in methods(cls, lines):
        try:
            second = arguments_of(method, 1)
        except (Unfit, Exception):
            continue

        def breaks(values, method_name=method_name):
            one, error = timed(lambda: cls(**values[0]))
            if error is not None:
                return None
            _, error = timed(lambda: getattr(one, method_name)(**values[1]))
            return None if error is None or isinstance(error, Late) else crash_of(error)

        found = smallest(st.tuples(first, second), breaks)
        if found and cls.__subclasses__() and found[0][2] in ("AttributeError", "TypeError"):
            continue  # a base class leaves things to those that inherit from it
        if not found or is_told(method, found[0][2]) or is_told(cls, found[0][2]):
            continue
        made, asked = written(found[1][0]), written(found[1][1])
        if made is not None and asked is not None:
            call = "%s(%s).%s(%s)" % (name, made, method_name, asked)
            yield dict(
                zip(("path", "line", "failure"), found[0]),
                module=module.__name__,
                imports=[name],
                lines=[call],
                name="%s.%s" % (name, method_name),
            )


def crashes():
    yield from beside("mishaps")
    for path, module, lines in modules():
        for name, function in functions(module, lines):
            yield lambda a=(module, path, name, function): break_calls(*a)
        for name, cls in classes(module):
            yield lambda a=(module, path, name, cls, lines): break_methods(*a)


def pairs(module, lines):
    """(there, back) by their names."""
    known = dict(functions(module, set()))
    for name in known:
        for there, back in INVERSES:
            for old, new in ((there, back), (there + "_", back + "_")):
                if name.startswith(old) or name.endswith("_" + there) or name == there:
                    other = name.replace(there, back, 1) if name != there else back
                    if other in known and other != name:
                        if in_scope(known[name], lines) or in_scope(known[other], lines):
                            yield name, other
                        break


def break_pair(module, path, there, back):
    """Input that does not come back as it went."""
    one, other = getattr(module, there), getattr(module, back)
    parameters = list(inspect.signature(one).parameters.values())
    needed = [p for p in parameters if p.default is p.empty]
    hints = typing.get_type_hints(one)
    takes = list(inspect.signature(other).parameters.values())
    back_hints = typing.get_type_hints(other)
    if len(needed) != 1 or needed[0].name not in hints or not takes:
        return
    # the types must fit both ways, or the names mean something else
    if (
        hints.get("return") != back_hints.get(takes[0].name)
        or back_hints.get("return") != hints[needed[0].name]
    ):
        return

    def breaks(value):
        there_value, error = timed(lambda: one(value))
        if error is not None:
            return None
        again, error = timed(lambda: other(there_value))
        if error is not None:
            return None if isinstance(error, Late) else ("raises", type(error).__name__)
        return None if again == value and type(again) is type(value) else ("differs", "")

    found = smallest(strategy(hints[needed[0].name]), breaks)
    text = written({"value": found[1]}) if found else None
    if text is not None:
        value = text.partition("=")[2]
        line = inspect.getsourcelines(other)[1]
        yield {
            "path": path,
            "line": line,
            "failure": "AssertionError",
            "module": module.__name__,
            "imports": [there, back],
            "name": "%s/%s" % (there, back),
            "lines": ["assert came_back(%s)" % value],
            "value": value,
        }


def round_trips():
    for path, module, lines in modules():
        for there, back in sorted(set(pairs(module, lines))):
            yield lambda a=(module, path, there, back): break_pair(*a)


def break_examples(module, path, test):
    """The first example of a docstring that does not answer what it says."""
    space = dict(vars(module))
    before = []
    for example in test.examples:
        source = example.source.strip()
        if example.exc_msg or example.options:
            return
        try:
            is_call = isinstance(ast.parse(source).body[0], ast.Expr)
        except (SyntaxError, IndexError):
            return
        if is_call and example.want:
            answer, error = timed(lambda: eval(source, space))
            if error is not None:
                return
            if repr(answer) != example.want.strip() and answer is not None:
                yield {
                    "path": path,
                    "line": test.lineno + 1,
                    "failure": "AssertionError",
                    "module": module.__name__,
                    "imports": names_of(module, before + [source]),
                    "lines": before + ["assert repr(%s) == %r" % (source, example.want.strip())],
                    "name": test.name.rpartition(".")[2],
                    "value": source,
                }
                return
        else:
            _, error = timed(lambda: exec(source, space))
            if error is not None:
                return
            before.append(source)


def names_of(module, sources):
    used = {n.id for s in sources for n in ast.walk(ast.parse(s)) if isinstance(n, ast.Name)}
    return sorted(name for name in used if name in vars(module) and not name.startswith("_"))


def examples():
    finder = doctest.DocTestFinder(recurse=True)
    for path, module, lines in modules():
        for test in finder.find(module, module.__name__):
            thing = module
            for part in test.name.split(".")[module.__name__.count(".") + 1 :]:
                thing = getattr(thing, part, None)
            if test.examples and (thing is module or in_scope(thing, lines)):
                start = inspect.getsourcelines(thing)[1] if thing is not module else 1
                test.lineno = max(start - 1, 0)
                yield lambda a=(module, path, test): break_examples(*a)


def beside(name):
    """The looks of a search that has a module of its own."""
    here = sys.modules[__name__]
    yield from importlib.import_module("hexci_" + name).looks(here)


SEARCHES = {
    "crashes": crashes,
    "roundtrips": round_trips,
    "examples": examples,
    "races": lambda: beside("races"),
    "torn": lambda: beside("torn"),
    "leaks": lambda: beside("leaks"),
    "swallowed": lambda: beside("swallowed"),
}
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
    for look in SEARCHES[ORDERS["search"]]():
        if is_late():
            told["left"] += 1
            continue
        try:
            told["found"] += list(look())
            told["looked"] += 1
        except Exception as error:  # the code that is looked at may raise anything
            told["left"] += 1
            told["why"][type(error).__name__] = str(error)[:200]
