"""Handlers that take any exception and say nothing: an input whose failure nobody hears of.

A handler with a comment, and a function whose documentation speaks of what goes wrong, are meant.
"""

import ast
import inspect
import os
import sys

import hexci_stories as stories

BROAD = {"Exception", "BaseException"}
TOLD = ("ignor", "default", "best effort", "never raises", "fall back", "falls back", "error",
        "fail", "silent", "suppress", "invalid", "cannot", "malformed", "otherwise")  # fmt: skip
BROKEN = ["path.write_bytes(b'\\xff\\x00 broken')"]


def looks(kit):
    """One look for each function or class with such a handler."""
    for path, module, lines in kit.modules():
        handlers = silent(path, lines)
        if not handlers:
            continue
        for name, function in kit.functions(module, set()):
            mine = [one for one in handlers if within(function, one[0])]
            if mine and not is_told(function):
                yield lambda a=(path, module, name, mine): unheard_function(kit, *a)
        for name, cls in kit.classes(module):
            mine = [one for one in handlers if within(cls, one[0])]
            if mine:
                yield lambda a=(path, module, name, cls, mine): unheard_class(*a)


def silent(path, lines):
    """(line of the handler, line of its first statement) of handlers that say nothing."""
    with open(os.path.join(stories.ROOT, path), encoding="utf-8") as source:
        text = source.read()
    rows, found = text.splitlines(), []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ExceptHandler) or not is_broad(node.type):
            continue
        first, last = node.lineno, node.body[-1].end_lineno
        said = any("#" in row for row in rows[first - 1 : last])
        in_lines = not lines or any(first <= line <= last for line in lines)
        if in_lines and not said and all(is_mute(one) for one in node.body):
            found.append((first, node.body[0].lineno))
    return found


def is_broad(kind):
    if isinstance(kind, ast.Tuple):
        return any(is_broad(one) for one in kind.elts)
    return kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD)


def is_mute(node):
    """A statement that hands nothing on: no call, no raise, no name but constants."""
    quiet = not any(isinstance(n, (ast.Call, ast.Raise, ast.Name)) for n in ast.walk(node))
    kept = isinstance(node, (ast.Pass, ast.Continue, ast.Break, ast.Return))
    return quiet and (kept or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)))


def within(thing, line):
    source, start = inspect.getsourcelines(thing)
    return start <= line < start + len(source)


def is_told(function):
    text = (inspect.getdoc(function) or "").lower()
    if "raise" in text and "never raises" not in text:
        return False  # it promises to speak
    return any(word in text for word in TOLD)


def unheard_function(kit, path, module, name, handlers):
    function = getattr(module, name)
    for text in stories.ways(function, calls=("boom",)):
        if "path" not in text and "boom" not in text:
            continue
        before = BROKEN if "path" in text else []
        yield from unheard(path, module, name, name, handlers, before, "%s(%s)" % (name, text))


def unheard_class(path, module, name, cls, handlers):
    calls = stories.calls_of(cls, calls=("boom",), most=2)
    methods = {m: [h for h in handlers if within(getattr(cls, m), h[0])] for m in calls}
    for making in stories.makings(cls, calls=("boom",))[:2]:
        for method, mine in methods.items():
            if not mine or is_told(getattr(cls, method)):
                continue
            title = "%s.%s" % (name, method)
            for setup in [[], *([lines[0]] for lines in calls.values() if "boom" in lines[0])]:
                before = (BROKEN if "path" in making else []) + [making, *setup]
                if "boom" in "".join([*before, calls[method][0]]) or "path" in making:
                    call = calls[method][0]
                    yield from unheard(path, module, name, title, mine, before, call)


def unheard(path, module, name, title, handlers, before, call):
    """The handler that a call enters and comes back from as if nothing had been."""
    entered = entries(path, module, before, call, {first for _, first in handlers})
    for line, first in handlers:
        if first in entered:
            body = [*before, "with self.assertRaises(Exception):", "    " + call]
            yield stories.find(
                "swallowed", module, path, line, "AssertionError", body, title, [name]
            )
            return


def entries(path, module, before, call, wanted):
    space, error, cleaner = stories.told([*before, "None", "def story():", "    " + call], module)
    if error is not None:
        cleaner.clean()
        return set()
    seen, file = set(), os.path.realpath(os.path.join(stories.ROOT, path))

    def trace(frame, event, given):
        if os.path.realpath(frame.f_code.co_filename) != file:
            return None
        if event == "line" and frame.f_lineno in wanted:
            seen.add(frame.f_lineno)
        return trace

    before_trace = sys.gettrace()
    sys.settrace(trace)
    try:
        if stories.ended("story()", space) is not None:
            return set()
    finally:
        sys.settrace(before_trace)
        cleaner.clean()
    return seen
