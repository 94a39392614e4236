"""Functions and methods that take a path: is everything closed again that they open?"""

import gc
import os
import tracemalloc
import warnings

import hexci_stories as stories

FILLED = ["path.write_bytes(b'a = 1\\n')"]


def looks(kit):
    """One look for each function, and for each class, that takes a path."""
    for path, module, lines in kit.modules():
        for name, function in kit.functions(module, lines):
            yield lambda a=(module, name, function): leaking_function(kit, *a)
        for name, cls in kit.classes(module):
            if kit.in_scope(cls, lines):
                yield lambda a=(module, name, cls): leaking_class(kit, *a)


def leaking_function(kit, module, name, function):
    for text in stories.ways(function):
        call = "%s(%s)" % (name, text)
        if "path" in text:
            yield from leak(kit, module, name, name, FILLED, [call])


def leaking_class(kit, module, name, cls):
    closing = next((m for m in ("close", "__exit__") if hasattr(cls, m)), None)
    calls = stories.calls_of(cls, most=1)
    for making in stories.makings(cls)[:2]:
        for method, lines in calls.items():
            if method == "close" or closing is None or "path" not in making + lines[0]:
                continue
            end = "one.close()" if closing == "close" else "one.__exit__(None, None, None)"
            story = [making, lines[0], end]
            title = "%s.%s" % (name, method)
            yield from leak(kit, module, name, title, FILLED, story)
            yield from leak(kit, module, name, title, [], story)


def leak(kit, module, name, title, before, story):
    """The first thing that a story leaves open, where the code under review opened it."""
    place = opened_at(kit, module, before, story)
    if place is None or not kit.under_review(place):
        return
    body = [
        *before,
        "def left_open(call):",
        "    with warnings.catch_warnings(record=True) as seen:",
        "        warnings.simplefilter('always', ResourceWarning)",
        "        call()",
        "        gc.collect()",
        "    return [str(one.message).partition(' ')[0] for one in seen]",
        "def story():",
        *("    " + line for line in story),
        "self.assertEqual([], left_open(story))",
    ]
    yield stories.find("leaks", module, *place, "AssertionError", body, title, [name])


def opened_at(kit, module, before, story):
    body = [*before, "def story():", *("    " + line for line in story)]
    space, error, cleaner = stories.told(body, module)
    if error is not None:
        cleaner.clean()
        return None
    gc.collect()
    tracemalloc.start(12)
    try:
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always", ResourceWarning)
            if stories.ended("story()", space) is not None:
                return None
            gc.collect()
        for one in seen:
            trace = tracemalloc.get_object_traceback(one.source) if one.source else None
            for frame in reversed(trace or ()):
                path = os.path.relpath(os.path.realpath(frame.filename), stories.ROOT)
                place = path.replace(os.sep, "/"), frame.lineno
                if place[0] in kit.ORDERS["paths"]:
                    return place
        return None
    finally:
        tracemalloc.stop()
        cleaner.clean()
