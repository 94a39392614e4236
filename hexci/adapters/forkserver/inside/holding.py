"""From collected tests to a server: shared by all runners."""

from __future__ import annotations

import gc
import os
import sys

from .exchanging import LiveFunctions
from .remaking import modules_of_program
from .roles import Role, silence
from .running import do_job, run_tests
from .serving import serve
from .stains import Stains
from .wire import ROOT, Wire


def hold(suite, role: Role) -> None:
    """Serves jobs on the collected suite (warm), or does the one job it was forked for (cold)."""
    sys.settrace(None)
    silence()
    if role.job is not None and role.reply is not None:
        try:
            run_tests(suite, role.job, role.reply)
            role.reply.say(done=True)
        finally:
            os._exit(0)
    gc.collect()
    live = LiveFunctions(os.environ[ROOT])
    stains = Stains(live)
    modules_of_program(os.environ[ROOT])
    gc.freeze()
    wire = Wire("warm")
    loaded = [getattr(m, "__file__", None) for m in list(sys.modules.values())]
    root = os.path.realpath(os.environ[ROOT]) + os.sep
    real = [os.path.realpath(path) for path in loaded if path]
    wire.send(
        {
            "tests": suite.ids(),
            "live": live.keys(),
            "loaded": sorted(path[len(root) :] for path in real if path.startswith(root)),
        }
    )
    job, reply = serve(wire)
    do_job(suite, live, stains, job, reply)
