"""Three kinds of process: the keeper (before anything is imported), the warm server, cold children.

The keeper forks the warm server, which goes on to collect the tests and then forks a child per
patch of a function. Where exchanging functions is not enough, the keeper forks a cold child, which
imports everything anew with the patched text in place of the file.
"""

from __future__ import annotations

import os

from .overriding import override
from .serving import Reply, serve
from .wire import ADDRESS, ROOT, Wire


class Role:
    """What this process is. `job` and `reply` are None in the warm server."""

    def __init__(self, job: dict | None, reply: Reply | None) -> None:
        self.job = job
        self.reply = reply


def become() -> Role | None:
    """Splits the process; returns in the warm server and in cold children. None when not asked."""
    if ADDRESS not in os.environ:
        return None
    warm = os.fork()
    if warm == 0:
        return Role(None, None)
    silence()
    job, reply = serve(Wire("cold"), partner=warm)
    override(os.environ[ROOT], job["files"])
    return Role(job, reply)


def silence() -> None:
    """Nothing that tests print or read goes anywhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
