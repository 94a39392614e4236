"""What a child does with its job: exchange functions, run the tests in order, tell each result."""

from __future__ import annotations

import gc
import os
import time

from .exchanging import LiveFunctions
from .limits import bound_child, bound_test
from .overriding import override
from .probing import probe
from .remaking import made_anew
from .screening import screen
from .serving import Reply
from .stains import Stains
from .tracing import trace_tests
from .wire import ROOT

_REMAKING_SECONDS = 5.0  # of processor time, for running files anew


def do_job(suite, live: LiveFunctions, stains: Stains, job: dict, reply: Reply) -> None:
    """Does a warm child's job and ends the process."""
    gc.disable()
    if os.path.exists("/proc/self/statm"):
        bound_child()
    try:
        if job["do"] == "trace":
            trace_tests(suite, live, job, reply)
        elif job["do"] == "screen":
            screen(suite, live, stains, job, reply)
        elif job["do"] == "probe":
            probe(suite, live, job, reply)
        elif _prepare(live, job):
            run_tests(suite, job, reply)
        else:
            reply.say(unswappable=True)
        reply.say(done=True)
    finally:
        os._exit(0)


def _prepare(live: LiveFunctions, job: dict) -> bool:
    if job.get("files"):
        override(os.environ[ROOT], job["files"])
    if job.get("remade"):
        bound_test(_REMAKING_SECONDS)
        try:
            made_anew(job["remade"])
        except Exception:  # noqa: BLE001 - a patched text may raise anything
            return False
    return all(live.exchange(unit) for unit in job.get("units", ()))


def run_tests(suite, job: dict, reply: Reply) -> None:
    """Runs `first` (the failing ones), at most `probe` of them after a failure; then `then`."""
    first, then = job["first"], job["then"]
    order = [*first, *then]
    failed = False
    for at, test in enumerate(order):
        if failed and (at >= len(first) or at >= job["probe"]):
            break
        following = order[at + 1] if at + 1 < len(order) else None
        bound_test(job["limits"].get(test, job["limit"]))
        began, used = time.perf_counter(), time.process_time()
        passed = suite.run(test, following)
        seconds = round(time.perf_counter() - began, 4)
        processor = round(time.process_time() - used, 4)
        reply.say(test=test, passed=passed, seconds=seconds, processor=processor)
        failed = failed or (not passed and not job.get("all"))
