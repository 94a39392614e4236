"""What public functions and objects answer to many inputs, to compare two versions of them.

The first run makes the questions and answers them; another run, on another version, is given the
questions. A question is a few lines and an expression; an answer is its text, or an exception.
"""

import importlib
import inspect
import json
import random

import hexci_drawing as drawing
import hexci_stories as stories

MOST = 60
LONGEST = 1_500
STEPS = 4


def run(kit, told):
    """Fills `told["answers"]`: question → answer; and `told["questions"]`, when none are given."""
    given = kit.ORDERS.get("questions")
    if given is None:
        found = []
        for look in asked(kit):
            if kit.is_late():
                told["left"] += 1
                continue
            try:
                found += look()
                told["looked"] += 1
            except Exception:  # the code that is looked at may raise anything
                told["left"] += 1
        given = found
        told["questions"] = given
    told["answers"] = [None if kit.is_late() else answered(kit, one) for one in given]


def asked(kit):
    for path, module, lines in kit.modules():
        for name, function in kit.functions(module, lines):
            yield lambda a=(path, module, name, function): of_function(kit, *a)
        for name, cls in kit.classes(module):
            if kit.in_scope(cls, lines):
                yield lambda a=(path, module, name, cls, lines): of_class(kit, *a)


def question(path, thing, module, name, lines, ask):
    return {
        "path": path,
        "line": stories.line_of(thing),
        "module": module.__name__,
        "import": name.partition(".")[0],
        "name": name,
        "lines": lines,
        "ask": ask,
    }


def of_function(kit, path, module, name, function):
    """Inputs that hypothesis makes, each with what becomes of the arguments."""
    seen = []
    drawing.gather(kit, drawing.arguments_of(function), seen, MOST)
    found = []
    for values in seen:
        text = kit.written(values)
        if text is None or len(text) > LONGEST:
            continue
        names = list(values)
        lines = ["%s = %r" % (key, values[key]) for key in names]
        call = "%s(%s)" % (name, ", ".join("%s=%s" % (key, key) for key in names))
        ask = "(%s, %s)" % (call, ", ".join(names)) if has_mutable(values) else call
        found.append(question(path, function, module, name, lines, ask))
    return sorted(found, key=lambda one: len(json.dumps(one)))


def has_mutable(values):
    return any(isinstance(value, (list, dict, set)) for value in values.values())


def of_class(kit, path, module, name, cls, lines):
    """Short stories: an object, some calls, and every method that is under review at the end."""
    chance = random.Random(kit.ORDERS["seed"])
    makings = stories.makings(cls, calls=("still",))
    calls = stories.calls_of(cls, calls=("still",), most=4)
    wanted = [m for m in calls if kit.in_scope(getattr(cls, m), lines)]
    wanted = wanted or list(calls)
    every = [line for rows in calls.values() for line in rows]
    found = []
    for method in wanted:
        for number in range(MOST):
            story = [chance.choice(makings)]
            story += [chance.choice(every) for _ in range(number * STEPS // MOST + 1)]
            ask = chance.choice(calls[method])
            title = "%s.%s" % (name, method)
            found.append(
                question(path, inspect.unwrap(getattr(cls, method)), module, title, story, ask)
            )
    return found


def answered(kit, one):
    """The answer, or None where it is not the same each time."""
    try:
        module = importlib.import_module(one["module"])
    except BaseException:
        return None
    first, again = (once(kit, module, one) for _ in range(2))
    return first if first == again and len(first) <= LONGEST and " at 0x" not in first else None


def once(kit, module, one):
    lines = [*one["lines"], "answer = repr(%s)" % one["ask"]]
    made, late = kit.timed(lambda: stories.told(lines, module))
    if late is not None:
        return " at 0x"
    space, error, cleaner = made
    cleaner.clean()
    if isinstance(error, stories.Late):
        return " at 0x"
    return "raises " + type(error).__name__ if error is not None else space["answer"]
