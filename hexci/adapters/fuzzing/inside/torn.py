"""Objects that keep a file: what is left when the process stops in the middle of a write?

Only what can happen is tried: a file that grows may end anywhere in what is being added; one
that is written anew in place may be empty. A file that is replaced as a whole is never torn.
"""

import itertools
import os
import pathlib

import hexci_stories as stories


def looks(kit):
    """One look for each class that takes a path."""
    for path, module, lines in kit.modules():
        for name, cls in kit.classes(module):
            if kit.in_scope(cls, lines):
                yield lambda a=(path, module, name, cls): broken(kit, *a)


def broken(kit, path, module, name, cls):
    makings = [line for line in stories.makings(cls) if "path" in line][:2]
    calls = stories.calls_of(cls, most=2)
    seen = set()
    for making in makings:
        for method, lines in calls.items():
            for setup in setups(calls, method):
                if kit.is_late():
                    return
                for found in torn_by(module, cls, making, setup, lines[0]):
                    what, place, failure, body = found
                    where = place or (path, stories.line_of(getattr(cls, method)))
                    if where in seen or not kit.under_review(where):
                        continue
                    seen.add(where)
                    title = "%s.%s" % (name, method)
                    yield stories.find(what, module, *where, failure, body, title, [name])


def setups(calls, method):
    """Calls before the one that is interrupted: none, and some of the others."""
    others = [lines[0] for other, lines in calls.items() if other not in (method, "close")]
    twice = [line for other in others for line in (other, other)]
    yield []
    yield from ([line] * 2 for line in others)
    yield from ([one, one, other] for one, other in itertools.permutations(others, 2))
    yield twice[:8]


def torn_by(module, cls, making, setup, call):
    before, error, cleaner = stories.told([making, *setup], module)
    try:
        if error is not None:
            return
        file = before["path"]
        content, number = read(file)
        _, error = attempt(before, call)
        if error is not None:
            return
        after, new_number = read(file)
    finally:
        cleaner.clean()
    if after is None or after == content or (content is not None and number != new_number):
        return
    content = content or b""
    if after.startswith(content):
        cuts = ["content[:-1]", "content[:%d]" % ((len(content) + len(after)) // 2)]
    elif content:
        cuts = ["b''"]
    else:
        return
    telling = [
        probe
        for probe in stories.probes(cls)
        if opened(module, making, after, "[%s]" % probe)[0] not in (None, "[None]")
    ]
    probes = "[%s]" % ", ".join(telling)
    allowed = [opened(module, making, kept, probes)[0] for kept in (content, after)]
    if None in allowed:
        return
    for cut in cuts:
        torn = after[:-1] if cut.endswith("-1]") else eval(cut, {"content": after})
        if torn in (content, after):
            continue
        answer, error = opened(module, making, torn, probes)
        body = [making, *setup, call, "content = path.read_bytes()", "path.write_bytes(%s)" % cut]
        if error is not None:
            place = stories.place_of(error, sources(module))
            if place is not None and not stories.is_meant(*place):
                yield "torn", place, type(error).__name__, [*body, making]
                return
        elif answer not in allowed and " at 0x" not in answer:
            check = "self.assertIn(repr(%s), %r)" % (probes, sorted(set(allowed)))
            yield "lost", None, "AssertionError", [*body, making, check]
            return


def sources(module):
    path = os.path.relpath(os.path.realpath(module.__file__), stories.ROOT)
    return {path.replace(os.sep, "/")}


def read(file):
    if not isinstance(file, pathlib.Path) or not file.is_file():
        return None, 0
    return file.read_bytes(), os.stat(file).st_ino


def attempt(space, line):
    return space, stories.ended(line, space)


def opened(module, making, content, probes):
    """What an object says that finds `content` in its file; the error where it cannot."""
    lines = ["path.write_bytes(%r)" % content, making]
    space, error, cleaner = stories.told(lines, module)
    try:
        if error is not None:
            return None, error
        _, error = attempt(space, "said = repr(%s)" % probes)
        return (space["said"], None) if error is None else (None, None)
    finally:
        cleaner.clean()
