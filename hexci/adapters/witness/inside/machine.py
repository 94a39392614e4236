"""Another machine to look at: what tells a sandbox from a user's computer answers otherwise."""

import builtins
import io
import os
import platform
import socket

_HOME = "/root"  # a user that no sandbox has, in the commonest container there is
_NAME = "workstation"
_MAPPED = "         0          0 4294967295\n"  # user namespaces as they are outside of any
_PEER = "198.18.0.1"
_HERE = ("", "localhost", "::1", "0.0.0.0")  # noqa: S104 - compared only
_NOBODY = (
    ("127.", "192.0.2.", "198.51.100.", "203.0.113."), (".invalid", ".test", ".example", ".local"),
)  # fmt: skip
_SHOWN = {"uid_map": _MAPPED, "gid_map": _MAPPED, "setgroups": "allow\n"}


class Machine:
    """Another machine: other processes, another user and name, a network that answers.

    No network is used. What does not find its files in the home that is not there cannot be
    compared from then on (`is_missed`).
    """

    def __init__(self):
        self.is_missed = False

    def move_in(self):
        """Makes this process believe it; before the program is loaded."""
        process, parent = os.getpid, os.getppid
        os.getpid, os.getppid = lambda: process() + 50_000, lambda: parent() + 40_000
        for name in ("getuid", "geteuid", "getgid", "getegid"):
            setattr(os, name, lambda: 0)
        os.environ.update(HOME=_HOME, USER="root", LOGNAME="root")
        socket.gethostname = socket.getfqdn = platform.node = lambda *_: _NAME
        builtins.open = io.open = self._minding_home(_shown(io.open))
        for name in ("open", "mkdir", "listdir", "scandir", "stat"):
            setattr(os, name, self._minding_home(getattr(os, name)))
        _connect()

    def _minding_home(self, function):
        def look(*given, **named):
            try:
                return function(*given, **named)
            except OSError:
                self.is_missed = self.is_missed or _is_at_home(given)
                raise

        return look


def _is_at_home(given):
    path = given[0] if given and isinstance(given[0], (str, os.PathLike)) else ""
    return str(path).startswith(_HOME)


def _shown(opened):
    def look(file, *given, **named):
        path = os.fspath(file) if isinstance(file, (str, os.PathLike)) else ""
        text = isinstance(path, str) and _SHOWN.get(path.rpartition("/")[2])
        if text and path.startswith("/proc/"):
            return io.StringIO(text)
        return opened(file, *given, **named)

    return look


def _connect():
    resolve, by_name = socket.getaddrinfo, socket.gethostbyname
    joined, joined_or_not = socket.socket.connect, socket.socket.connect_ex

    def resolved(host, port, *given, **named):
        if _is_answered_here(host):
            return resolve(host, port, *given, **named)
        address = (_PEER, int(port) if str(port).isdigit() else 0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    def connect(own, address):
        return joined(own, address) if _is_answered_here(_host(address)) else None

    def connect_or_not(own, address):
        return joined_or_not(own, address) if _is_answered_here(_host(address)) else 0

    socket.getaddrinfo = resolved
    socket.gethostbyname = lambda name: by_name(name) if _is_answered_here(name) else _PEER
    socket.socket.connect, socket.socket.connect_ex = connect, connect_or_not


def _host(address):
    return address[0] if isinstance(address, tuple) and address else None


def _is_answered_here(host):
    """This machine, and what is reserved for nobody (RFC 2606, 5737), is as in the sandbox."""
    return (
        not isinstance(host, str)
        or host in _HERE
        or host.startswith(_NOBODY[0])
        or (host.endswith(_NOBODY[1]))
    )
