"""Many patches in one child: a fork costs more than most tests, and most patches fail the first.

What fails a test here is given up, what passes them all is tried again in a child of its own. So
the state that tests share must not change from patch to patch: what changed is put back, and as
soon as something seems to have changed for good, we stop.
"""

from __future__ import annotations

import re

from .exchanging import LiveFunctions
from .limits import bound_test
from .serving import Reply
from .stains import Stains

_ADDRESS = re.compile("0x[0-9a-f]+")


def screen(suite, live: LiveFunctions, stains: Stains, job: dict, reply: Reply) -> None:
    """Runs the failing tests under each patch in turn; says `clean` when all can be believed."""
    good = job["good"]
    tests = [*job["first"], *([good] if good else [])]
    before, kept = stains.seen(), stains.kept(suite.given(tests))
    unpatched = _how(suite, job, job["first"][0])
    stains.clear_caches()
    stains.put_back(kept)
    if stains.seen() != before:
        reply.say(restless=True)
        return
    for number, units in enumerate(job["patches"]):
        reply.say(patch=number, begun=True)
        if all(live.exchange(unit) for unit in units):
            for test in job["first"]:
                reply.say(patch=number, test=test, passed=_passes(suite, job, test))
        else:
            reply.say(patch=number, unswappable=True)
        live.restore()
        stains.clear_caches()
        stains.put_back(kept)
        reply.say(patch=number, ended=True)
        if stains.seen() != before:
            return
    same = _how(suite, job, job["first"][0]) == unpatched
    reply.say(clean=same and (good is None or _passes(suite, job, good)))


def _passes(suite, job: dict, test: str) -> bool:
    bound_test(job["limits"].get(test, job["limit"]))
    return bool(suite.run(test, None))


def _how(suite, job: dict, test: str) -> tuple:
    passed = _passes(suite, job, test)
    error = suite.last_error
    try:
        said = _ADDRESS.sub("", str(error))
    except Exception:  # noqa: BLE001 - the program's own __str__ may do anything
        said = ""
    return passed, type(error).__name__, said
