"""What every level of the sandbox does for honest commands, and where it draws the line."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from hexci.adapters.process.bubblewrap import Bubblewrap, bubblewrap_program
from hexci.adapters.process.caps import Caps
from hexci.adapters.process.probe import best_sandbox, holds
from hexci.adapters.process.supervised import Supervised
from hexci.errors import BadInputError
from hexci.ports.sandbox import Finished, Sandbox


def shell(sandbox: Sandbox, room: Path, line: str, timeout: float = 30.0) -> Finished:
    return sandbox.run(["bash", "-c", line], room=room, timeout=timeout)


def test_exit_code_and_output_come_back(sandbox: Sandbox, room: Path) -> None:
    done = shell(sandbox, room, "echo out; echo err >&2; exit 7")
    assert (done.exit_code, done.output) == (7, b"out\nerr\n")


def test_the_room_is_the_folder_and_can_be_written(sandbox: Sandbox, room: Path) -> None:
    done = shell(sandbox, room, "pwd; mkdir -p a/b; echo x > a/b/c")
    assert (done.output.decode().strip(), (room / "a/b/c").read_text()) == (
        str(sandbox.seen_as(room)),
        "x\n",
    )


def test_home_and_temporary_folder_are_fresh_and_writable(sandbox: Sandbox, room: Path) -> None:
    line = 'ls -A "$HOME" "$TMPDIR" | grep -v : ; echo x > "$HOME/x" && echo y > "$TMPDIR/y"'
    first, second = shell(sandbox, room, line), shell(sandbox, room, 'ls -A "$HOME"')
    assert (first.exit_code, second.output) == (0, b"")


def test_a_command_that_does_not_exist_says_so(sandbox: Sandbox, room: Path) -> None:
    done = sandbox.run(["no-such-command-here"], room=room, timeout=30)
    assert (done.exit_code, b"no-such-command-here" in done.output) == (127, True)


def test_extra_paths_can_be_written(sandbox: Sandbox, room: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    done = sandbox.run(["touch", str(desk / "x")], room=room, timeout=30, writable=[desk])
    assert (done.exit_code, (desk / "x").exists()) == (0, True)


def test_pythons_processes_can_share_locks(sandbox: Sandbox, room: Path) -> None:
    code = "import multiprocessing as m; l = m.Lock(); l.acquire(); print('held')"
    done = sandbox.run([sys.executable, "-c", code], room=room, timeout=30)
    assert done.output == b"held\n"


def test_a_file_that_grows_too_big_is_stopped(room: Path) -> None:
    caps = Caps(file_size=1_000_000)
    program = bubblewrap_program()
    kinds: list[Sandbox] = [Supervised("none", caps=caps)]
    if program and holds("bwrap"):
        kinds.append(Bubblewrap(program, caps=caps))
    for sandbox in kinds:
        done = shell(sandbox, room, "head -c 5000000 /dev/zero > big; echo after")
        assert (room / "big").stat().st_size <= 1_000_448, done
        (room / "big").unlink()


def test_memory_beyond_the_cap_is_refused(room: Path) -> None:
    sandbox = Supervised("none", caps=Caps(memory=300_000_000))
    code = "x = bytearray(900_000_000)"
    done = sandbox.run([sys.executable, "-c", code], room=room, timeout=30)
    assert (done.exit_code, b"MemoryError" in done.output) == (1, True)


def test_a_flood_of_output_is_bounded_and_its_failing_lines_kept(
    sandbox: Sandbox, room: Path
) -> None:
    noise = "yes noise | head -c 3000000"
    line = f"echo first; {noise}; echo 'E   assert 1 == 2'; {noise}; echo last"
    done = sandbox.run(["bash", "-c", line], room=room, timeout=60, output_limit=10_000)
    assert len(done.output) < 11_000
    kept = [part in done.output for part in (b"first", b"E   assert 1 == 2", b"last")]
    assert kept == [True, True, True]


def test_an_unknown_level_is_bad_input() -> None:
    with pytest.raises(BadInputError, match="HEXCI_SANDBOX=strong is none of"):
        best_sandbox(None, "strong")


def test_the_operator_can_force_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEXCI_SANDBOX", "none")
    assert best_sandbox().level == "none"


# ------------------------------------------------------- dependencies in the operator's checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with dirty files, a virtual environment and itself installed as editable."""
    folder = tmp_path / "checkout"
    (folder / "src" / "wares").mkdir(parents=True)
    (folder / "src" / "wares" / "__init__.py").write_text("WHERE = 'the operator, unsaved'")
    venv.create(folder / ".venv", symlinks=True)
    site = next((folder / ".venv").glob("lib/python3*/site-packages"))
    (site / "wares.pth").write_text(f"{folder / 'src'}\n")
    (site / "dependency.py").write_text("NAME = 'dependency'")
    return folder


@pytest.fixture(params=["bwrap", "landlock", "none"])
def checked_out(request: pytest.FixtureRequest, checkout: Path) -> Sandbox:
    if request.param != "none" and not holds(request.param):
        pytest.skip(f"{request.param} cannot be had here")
    return best_sandbox(checkout, request.param)


@pytest.mark.parametrize("named", [".venv/bin/python", "{checkout}/.venv/bin/python"])
def test_editable_installs_mean_the_room(
    checked_out: Sandbox, checkout: Path, room: Path, named: str
) -> None:
    (room / "src" / "wares").mkdir(parents=True)
    (room / "src" / "wares" / "__init__.py").write_text("WHERE = 'the room'")
    if checked_out.level == "landlock" and "{" in named:
        pytest.skip("links cannot lead from the checkout to the room")
    program = named.format(checkout=checkout)
    code = "import dependency, wares; print(dependency.NAME, wares.WHERE)"
    done = checked_out.run([program, "-c", code], room=room, timeout=30)
    assert done.output == b"dependency the room\n"
    assert sorted(path.name for path in room.iterdir() if path.is_symlink()) == []


def test_dependencies_in_the_checkout_cannot_be_changed(
    checked_out: Sandbox, checkout: Path, room: Path
) -> None:
    if checked_out.level == "none":
        pytest.skip("at this level nothing is promised")
    shell(checked_out, room, "echo evil > .venv/pyvenv.cfg; echo evil > .venv/evil")
    assert "evil" not in (checkout / ".venv" / "pyvenv.cfg").read_text()
    assert not (checkout / ".venv" / "evil").exists()


def test_killing_hexci_kills_the_run(room: Path) -> None:
    import time

    code = (
        "import sys; from pathlib import Path; from hexci.adapters.process.probe import *\n"
        "best_sandbox(None, sys.argv[2]).run(['bash', '-c', 'setsid sleep 96.5 & touch up; wait'],"
        " room=Path(sys.argv[1]), timeout=60)"
    )
    for level in ("bwrap", "none"):
        if level == "bwrap" and not holds("bwrap"):
            continue
        with subprocess.Popen([sys.executable, "-c", code, str(room), level]) as parent:
            while not (room / "up").exists():
                time.sleep(0.05)
            (room / "up").unlink()
            parent.kill()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True).stdout
            if b"sleep 96.5" not in listing:
                break
            time.sleep(0.05)
        assert b"sleep 96.5" not in listing, level
