"""A change that tries everything it is forbidden while the gate runs it: canaries for each."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, Said, buggy_repo, hexci
from fakes.repositories import commit, fingerprint, git
from fakes.survivors import survivors

from hexci.adapters.process.probe import LEVELS, holds

pytestmark = pytest.mark.slow
SECRET = "canary-7f3a"
MARK = "hexci-canary-daemon"

# Runs in the gate, as the code of the change. What it got at, it tells in the failing assertion.
HOSTILE = """
import glob, os, socket, subprocess

LOOT = []
def attempt(name, act):
    try:
        if act() is not False:
            LOOT.append(name)
    except Exception:
        pass

def connect(family, kind, where):
    with socket.socket(family, kind) as s:
        s.settimeout(1); s.connect(where); s.send(b"out")

def seen(path):
    with open(path, "rb") as source:
        return SECRET.encode() in source.read(100_000)

def any_process(what):
    found = False
    for place in glob.glob("/proc/[0-9]*"):
        if int(place[6:]) != os.getpid():
            try: found = found or what(place)
            except Exception: pass
    return found

def write(path):
    with open(path, "ab") as sink: sink.write(b"canary")

SECRET = "canary-" + "7f3a"
attempt("network: tcp", lambda: connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", {port})))
attempt("", lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", {port})))
attempt("network: tcp 6", lambda: connect(socket.AF_INET6, socket.SOCK_STREAM, ("::1", {port})))
attempt("local socket", lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, "{outside}/socket"))
attempt("environment", lambda: SECRET in str(dict(os.environ)))
attempt("/proc: environment", lambda: any_process(lambda p: seen(p + "/environ")))
attempt("/proc: its files", lambda: any_process(lambda p: seen(p + "/root{outside}/secret")))
attempt("/proc: its folder", lambda: any_process(lambda p: seen(p + "/cwd/untracked-secret")))
def judging(place):
    with open(place + "/cmdline", "rb") as source:
        return b"--base" in source.read()

attempt("/proc: its memory", lambda: any_process(lambda p: judging(p) and open(p + "/mem", "rb")))
attempt("file: temporary", lambda: seen("{outside}/secret"))
attempt("file: home", lambda: seen("{home}/.ssh/id_ed25519"))
attempt("file: own home", lambda: seen(os.path.expanduser("~/.ssh/id_ed25519")))
attempt("file: untracked", lambda: seen("{repo}/untracked-secret"))
attempt("write: outside", lambda: write("{outside}/written"))
attempt("write: home", lambda: write("{home}/.bashrc"))
# where these lead depends on the sandbox; what became of the repository is looked at afterwards
for path in ("config", "refs/heads/main", "refs/heads/new", "hooks/post-commit", "HEAD", "index"):
    attempt("", lambda: write("{repo}/.git/" + path))
for argv in (["update-ref", "refs/heads/evil", "HEAD"], ["config", "core.pager", "evil"],
             ["hash-object", "-w", "--stdin"], ["gc", "--prune=now"]):
    attempt("", lambda: subprocess.run(["git", "-C", "{repo}", *argv], input=b"evil", timeout=20))
line = "(exec -a {mark} sleep 300) & disown; sleep 300; : {mark}"
subprocess.Popen(["setsid", "bash", "-c", line], stdin=-3, stdout=-3, stderr=-3)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("bash", ["bash", "-c", "trap '' TERM HUP INT; sleep 300; : {mark}"])
    os._exit(0)

def add(a, b):
    raise AssertionError("loot: " + "; ".join(sorted(set(filter(None, LOOT)))) + " :end")
"""
# Landlock lets nobody close local sockets, and hides no process that this user may see into.
NOT_HELD = {"bwrap": set(), "sudo-bwrap": set(), "landlock": {"local socket"}}


@contextmanager
def listeners(place: Path) -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine and a local socket, and all that was said to them."""
    heard: list[bytes] = []
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX) as local,
    ):
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        local.bind(str(place))
        local.listen()

        def accept(listener: socket.socket) -> None:
            with suppress(OSError):
                while True:
                    listener.accept()[0].close()
                    heard.append(b"connected")

        for listener in (tcp, local):
            threading.Thread(target=accept, args=(listener,), daemon=True).start()
        yield port, heard
        udp.settimeout(0.1)
        with suppress(OSError):
            heard.append(udp.recv(10))
        for listener in (tcp, local):
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def judged(tmp_path: Path, level: str) -> tuple[Said, Path, dict[str, str], list[bytes]]:
    repo = buggy_repo(tmp_path / "r")
    outside, home = tmp_path / "outside", tmp_path / "home"
    for place in (outside / "secret", home / ".ssh" / "id_ed25519"):
        place.parent.mkdir(parents=True)
        place.write_text(SECRET)
    with listeners(outside / "socket") as (port, heard):
        values = {"port": port, "outside": outside, "home": home, "repo": repo, "mark": MARK}
        code = HOSTILE
        for name, value in values.items():
            code = code.replace(f"{{{name}}}", str(value))
        commit(repo, {"calc.py": code})
        (repo / "untracked-secret").write_text(SECRET)
        before = fingerprint(repo)
        said = hexci(
            repo, "gate", "--base", "HEAD~1", "--evidence", EVIDENCE, "--json",
            HEXCI_SANDBOX=level, HOME=str(home), GITHUB_TOKEN=SECRET, TMPDIR=str(tmp_path),
        )  # fmt: skip
    return said, repo, before, heard


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "none"])
def test_nothing_forbidden_succeeds_in_the_gate(level: str, tmp_path: Path) -> None:
    if not holds(level):
        pytest.skip(f"{level} cannot be had here")
    said, repo, before, heard = judged(tmp_path, level)
    assert (said.document["outcome"], said.document["isolation"]) == ("evidence_failed", level)
    _, told, loot = said.document["feedback"].partition("loot: ")
    found = loot.partition(" :end")[0].split("; ")
    assert told == "loot: "
    assert set(filter(None, found)) <= NOT_HELD[level]
    assert len(heard) <= len(NOT_HELD[level])
    assert SECRET not in said.out + said.err
    assert not (tmp_path / "outside" / "written").exists()
    assert fingerprint(repo) == before
    assert git(repo, "fsck", "--connectivity-only", "--unreachable") == ""
    assert survivors(MARK) == []


def test_what_no_sandbox_cannot_hold_is_said(tmp_path: Path) -> None:
    said, _, _, heard = judged(tmp_path, "none")
    assert (said.document["isolation"], bool(heard)) == ("none", True)
    loot = said.document["feedback"].partition("loot: ")[2].partition(" :end")[0].split("; ")
    # what is held even so: a scrubbed environment, and every process ended
    assert "environment" not in loot
    assert "file: temporary" in loot
    assert survivors(MARK) == []
    repo = buggy_repo(tmp_path / "again")
    commit(repo, {"calc.py": BUGGY["calc.py"].replace("-", "+")})
    asked = ("gate", "--base", "HEAD~1", "--evidence", EVIDENCE)
    told = hexci(repo, *asked, HEXCI_SANDBOX="none")
    assert "WARNING: no sandbox was available: the code ran unconfined" in told.out
