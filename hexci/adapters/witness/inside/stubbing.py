"""Runs the body of a test while the new code answers trivially; notes when it does not mind."""

import json

MODES = ("nothing", "anything", "an empty list", "a failure")

# What the new code answers now; None: it works as written.
mode = None


class _Thing:
    """Something that is equal to itself only and has no truth."""

    def __bool__(self):
        raise TypeError("is neither true nor false")


class _StubError(Exception):
    pass


_thing = _Thing()


def answer():
    """What a stub returns, or raises."""
    if mode == "a failure":
        raise _StubError("not there")
    return {"nothing": None, "anything": _thing, "an empty list": []}[mode]


def tried(body, given, name, out):
    """Runs `body(*given)` once for each mode; one line of JSON says in which it passed."""
    passed = [each for each in MODES if _passes(body, given, each)]
    with open(out, "a", encoding="utf-8") as told:
        told.write(json.dumps({"test": name, "passed": passed}) + "\n")


def _passes(body, given, each):
    global mode
    mode = each
    try:
        body(*given)
    except BaseException:
        return False
    finally:
        mode = None
    return True
