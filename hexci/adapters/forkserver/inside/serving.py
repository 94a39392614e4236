"""One process that forks a child for every job and passes on what the child has to say."""

from __future__ import annotations

import json
import os
import select
import signal
import time

from .wire import Wire

_MOST_SAID = 16_000_000  # bytes a child may say


class _Child:
    def __init__(self, job: dict, pid: int, fd: int) -> None:
        self.job = job
        self.pid = pid
        self.fd = fd
        self.said = b""
        self.ends_at = time.monotonic() + job["wall"]


class Reply:
    """A child's way to say something; each line is one JSON object."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def say(self, **what: object) -> None:
        """Passes one object on at once, so that nothing is lost when the child is killed."""
        data = json.dumps(what).encode() + b"\n"
        while data:
            data = data[os.write(self._fd, data) :]


def serve(wire: Wire, partner: int | None = None) -> tuple[dict, Reply]:
    """Forks a child per job; returns only in a child, with its job. The server itself exits.

    With `partner`, a child process that the server is no use without, it ends when that does.
    """
    children: dict = {}  # by the descriptor it is heard on
    while True:
        wait = 0.05 if children else (0.5 if partner else None)
        if partner and os.waitpid(partner, os.WNOHANG)[0]:
            _quit(children)
        if wire not in _attended(wire, children, wait):
            continue
        messages = wire.lines()
        if messages is None:
            _quit(children)
        for message in messages or ():
            if message["do"] == "give up":
                for child in list(children.values()):
                    _end(wire, children, child, cut=True)
                continue
            begun = _fork(message, children)
            if begun is not None:
                wire.close()
                return begun


def _attended(wire: Wire, children: dict, wait: float | None) -> list:
    """Hears what children say and ends those that are over their time; what else is ready."""
    ready, _, _ = select.select([wire, *children], [], [], wait)
    for fd in [r for r in ready if r is not wire]:
        _listen(wire, children, fd)
    for child in [c for c in children.values() if time.monotonic() > c.ends_at]:
        _end(wire, children, child, cut=True)
    return ready


def _fork(job: dict, children: dict[int, _Child]) -> tuple[dict, Reply] | None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        children[reading] = _Child(job, pid, reading)
        return None
    os.setpgid(0, 0)
    os.close(reading)
    for fd in children:
        os.close(fd)
    return job, Reply(writing)


def _listen(wire: Wire, children: dict[int, _Child], fd: int) -> None:
    child = children[fd]
    data = os.read(fd, 1 << 16)
    child.said += data
    if not data:
        _end(wire, children, child, cut=False)
    elif len(child.said) > _MOST_SAID:
        _end(wire, children, child, cut=True)


def _end(wire: Wire, children: dict[int, _Child], child: _Child, cut: bool) -> None:
    del children[child.fd]
    os.close(child.fd)
    for kill in (os.killpg, os.kill):
        try:
            kill(child.pid, signal.SIGKILL)
        except OSError:
            pass
    _, status = os.waitpid(child.pid, 0)
    said = []
    for line in child.said.split(b"\n"):
        try:
            said.append(json.loads(line))
        except ValueError:
            continue  # the end of it was cut off
    cut = cut or not any("done" in s for s in said if isinstance(s, dict))
    wire.send({"job": child.job["id"], "said": said, "cut": cut, "status": status})


def _quit(children: dict[int, _Child]) -> None:
    for child in children.values():
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except OSError:
            pass
    os._exit(1)
