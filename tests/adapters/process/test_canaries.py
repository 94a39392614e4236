"""What untrusted code tries, at every level of isolation that this machine has."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hexci.ports.sandbox import Finished, Sandbox

PYTHON = sys.executable
SECRET = "canary-of-the-parent"


def python(sandbox: Sandbox, room: Path, code: str, timeout: float = 30.0) -> Finished:
    return sandbox.run([PYTHON, "-c", code], room=room, timeout=timeout)


def is_alive(mark: str) -> bool:
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return any(mark in line and "ps -eo" not in line for line in listing.stdout.splitlines())


@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM"])
def test_the_parents_loopback_cannot_be_reached(confined: Sandbox, room: Path, kind: str) -> None:
    with socket.socket(socket.AF_INET, getattr(socket, kind)) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(0.2)
        if kind == "SOCK_STREAM":
            listener.listen()
        port = listener.getsockname()[1]
        code = (
            "import socket\n"
            f"s = socket.socket(socket.AF_INET, socket.{kind}); s.connect(('127.0.0.1', {port}))\n"
            "s.send(b'out')"
        )
        python(confined, room, code)
        hear = listener.accept if kind == "SOCK_STREAM" else lambda: listener.recv(10)
        with pytest.raises(TimeoutError):
            hear()


def test_without_a_sandbox_the_same_attempt_succeeds(room: Path) -> None:
    from hexci.adapters.process.probe import best_sandbox

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        port = listener.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port})).send(b'out')"
        done = python(best_sandbox(None, "none"), room, code)
        with listener.accept()[0] as heard:
            assert (done.exit_code, heard.recv(10)) == (0, b"out")


def test_the_parents_variables_are_not_inherited(
    sandbox: Sandbox, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T11: at every level of isolation."""
    for name in ("GITHUB_TOKEN", "GITHUB_ENV", "CI", "HEXCI_SANDBOX_NOTE", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, SECRET)
    done = sandbox.run(["env"], room=room, timeout=30)
    names = {line.partition(b"=")[0] for line in done.output.splitlines()}
    assert (SECRET.encode() in done.output, b"PATH" in names) == (False, True)
    assert not {n for n in names if n.startswith((b"HEXCI", b"GITHUB", b"CI"))}


def test_no_process_outside_shows_its_environment(confined: Sandbox, room: Path) -> None:
    """T11: in the sandbox."""
    with subprocess.Popen(["sleep", "30"], env={"TOKEN": SECRET}) as outsider:
        code = (
            "import glob\n"
            "for name in glob.glob('/proc/[0-9]*/environ'):\n"
            "    try: print(open(name).read())\n"
            "    except OSError: pass\n"
            "print('looked everywhere')"
        )
        done = python(confined, room, code)
        outsider.kill()
    assert (b"looked everywhere" in done.output, SECRET.encode() in done.output) == (True, False)


def test_files_outside_cannot_be_read(confined: Sandbox, room: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    outside = [secret, Path.home() / ".netrc", Path.home() / ".ssh", "/run/docker.sock"]
    code = (
        "import os, sys\n"
        f"for name in {[str(p) for p in outside]!r}:\n"
        "    for see in (os.listdir, lambda p: open(p).read()):\n"
        "        try: print('SAW', name, see(name))\n"
        "        except OSError: pass\n"
        "print('looked everywhere')"
    )
    done = python(confined, room, code)
    assert done.output.strip() == b"looked everywhere"


@pytest.mark.skipif(os.getuid() != 0, reason="only root could read it anyway")
def test_files_that_only_root_may_read_are_hidden_from_root(confined: Sandbox, room: Path) -> None:
    done = python(confined, room, "print(open('/etc/shadow').read())")
    assert (done.exit_code, b"root:" in done.output) == (1, False)


def test_nothing_outside_can_be_written(confined: Sandbox, room: Path, tmp_path: Path) -> None:
    existing = tmp_path / "existing"
    existing.write_text("as it was")
    targets = [existing, tmp_path / "new", Path.home() / "canary-hexci", Path("/usr/canary-hexci")]
    code = (
        "import os\n"
        f"for name in {[str(p) for p in targets]!r}:\n"
        "    for act in (lambda p: open(p, 'w').write('x'), os.remove, os.mkdir):\n"
        "        try: act(name)\n"
        "        except OSError: pass\n"
        "open('inside', 'w').write('x')"
    )
    done = python(confined, room, code)
    assert (done.exit_code, (room / "inside").read_text()) == (0, "x")
    assert existing.read_text() == "as it was"
    assert [path for path in targets[1:] if path.exists()] == []


def test_a_link_out_of_the_room_leads_nowhere(
    confined: Sandbox, room: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    (room / "link").symlink_to(tmp_path / "secret")
    done = confined.run(["cat", "link"], room=room, timeout=30)
    assert (done.exit_code, SECRET.encode() in done.output) == (1, False)


def test_processes_outside_cannot_be_signalled(confined: Sandbox, room: Path) -> None:
    with subprocess.Popen(["sleep", "30"]) as outsider:
        code = f"import os\ntry: os.kill({outsider.pid}, 9)\nexcept OSError: print('refused')"
        done = python(confined, room, code)
        assert (outsider.poll(), done.output) == (None, b"refused\n")
        outsider.kill()


def test_processes_outside_cannot_be_traced(confined: Sandbox, room: Path) -> None:
    code = (
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(libc.ptrace(16, {os.getpid()}, 0, 0))"
    )
    assert python(confined, room, code).output == b"-1\n"


LEAVERS = {
    "a child": "sleep {s} &",
    "a session of its own": "setsid sleep {s} &",
    "a double fork": "(setsid bash -c 'sleep {s} & disown' &)",
    "one that closes its output": "setsid bash -c 'exec >/dev/null 2>&1 </dev/null; sleep {s}' &",
    "one that ignores signals": "(trap '' TERM HUP INT; setsid sleep {s} &)",
    "one that clears its environment": "env -i setsid /bin/sleep {s} &",
}


@pytest.mark.parametrize("leave", LEAVERS.values(), ids=LEAVERS.keys())
@pytest.mark.parametrize("ends", ["exit 0", "sleep 99"])
def test_no_process_outlives_the_run(sandbox: Sandbox, room: Path, leave: str, ends: str) -> None:
    """T23: double forks, ignored signals, new sessions."""
    seconds = f"98{time.monotonic_ns() % 10**7}.{os.getpid()}"
    line = leave.format(s=seconds) + f"\nsleep 0.3; {ends}"
    done = sandbox.run(["bash", "-c", line], room=room, timeout=1.5)
    assert done.exit_code == (0 if ends == "exit 0" else None)
    deadline = time.monotonic() + 5
    while is_alive(f"sleep {seconds}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(f"sleep {seconds}")


def test_killing_the_supervisor_leaves_nothing_behind(room: Path) -> None:
    from hexci.adapters.process.probe import best_sandbox

    seconds = f"97{time.monotonic_ns() % 10**7}.{os.getpid()}"
    line = f"setsid sleep {seconds} & sleep 0.3; kill -9 $PPID; sleep 5"
    best_sandbox(None, "none").run(["bash", "-c", line], room=room, timeout=10)
    assert not is_alive(f"sleep {seconds}")
