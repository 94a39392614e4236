"""Interpreters that the command names by a path outside PATH."""

import shutil
import sys
import venv
from pathlib import Path

import pytest

from hexci.adapters.process.places import toolchains
from hexci.adapters.process.probe import LEVELS, best_sandbox, holds
from hexci.adapters.process.programs import installations_of
from hexci.ports.sandbox import Finished, Sandbox

OWN_PYTHON = Path(sys.executable).resolve().parent.parent
OWN_PACKAGES = Path(pytest.__file__).parent.parent


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's home that is not ours, with a virtual environment and a secret in it."""
    home = tmp_path_factory.mktemp("home") / "u"
    venv.create(home / ".venv", symlinks=True)
    site = next((home / ".venv").glob("lib/python3*/site-packages"))
    (site / "wares.py").write_text("NAME = 'from outside'")
    (home / "secret").write_text("canary")
    return home


@pytest.fixture(params=LEVELS)
def checked_out(request: pytest.FixtureRequest, tmp_path: Path) -> Sandbox:
    if request.param != "none" and not holds(request.param):
        pytest.skip(f"{request.param} cannot be had here")
    (tmp_path / "checkout").mkdir(exist_ok=True)
    return best_sandbox(tmp_path / "checkout", request.param)


def line(sandbox: Sandbox, room: Path, text: str) -> Finished:
    return sandbox.run(["bash", "-eo", "pipefail", "-c", text], room=room, timeout=30)


CODE = "import wares, sys; print(wares.NAME, sys.prefix)"


def test_a_virtual_environment_outside_is_used(
    checked_out: Sandbox, room: Path, outside: Path
) -> None:
    done = line(checked_out, room, f'cd . && X=1 {outside}/.venv/bin/python -c "{CODE}"')
    assert done.output.decode() == f"from outside {outside}/.venv\n"


def test_nothing_else_of_its_home_is_shown_and_nothing_can_be_written(
    checked_out: Sandbox, room: Path, outside: Path
) -> None:
    if checked_out.level == "none":
        pytest.skip("at this level nothing is promised")
    python = f"{outside}/.venv/bin/python"
    done = line(checked_out, room, f"{python} -c 'print(1)'; cat {outside}/secret")
    assert (done.exit_code, b"canary" in done.output) == (1, False)
    done = line(checked_out, room, f"{python} -c 'print(1)'; echo x > {outside}/.venv/evil")
    assert (done.exit_code, (outside / ".venv" / "evil").exists()) == (1, False)


def test_a_script_of_it_brings_its_interpreter(
    checked_out: Sandbox, room: Path, outside: Path, tmp_path: Path
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    script = tools / "count-wares"
    script.write_text(f"#!{outside}/.venv/bin/python\nimport wares; print(wares.NAME)\n")
    script.chmod(0o755)
    (tools / "secret").write_text("canary")
    if checked_out.level == "none":
        assert line(checked_out, room, str(script)).output == b"from outside\n"
        return
    done = line(checked_out, room, f"{script}; cat {tools}/secret")
    assert (done.output.startswith(b"from outside\n"), b"canary" in done.output) == (True, False)


def test_a_virtual_environment_of_any_name_in_the_checkout_is_used(
    checked_out: Sandbox, room: Path, tmp_path: Path
) -> None:
    checkout = tmp_path / "checkout"
    venv.create(checkout / "envs" / "py", symlinks=True)
    site = next((checkout / "envs" / "py").glob("lib/python3*/site-packages"))
    (site / "wares.py").write_text("NAME = 'of the checkout'")
    for _ in range(2):  # what the first run needed is not in the way of the second
        done = line(checked_out, room, f'envs/py/bin/python -c "{CODE}"')
        assert done.output.startswith(b"of the checkout ")
        assert not (room / "envs" / "py").exists()


def test_a_shim_of_pyenv_in_another_home_finds_its_python(
    checked_out: Sandbox, room: Path, tmp_path: Path
) -> None:
    root = tmp_path / "u" / "installed" / ".pyenv"
    for folder in ("shims", "libexec", "versions/9.9/bin"):
        (root / folder).mkdir(parents=True)
    written = {
        "shims/python": f'export PYENV_ROOT={root}\nexec {root}/libexec/pyenv exec python "$@"\n',
        "libexec/pyenv": "shift; program=$1; shift\n"
        'exec "$PYENV_ROOT/versions/$(cat "$PYENV_ROOT/version")/bin/$program" "$@"\n',
    }
    for name, text in written.items():
        (root / name).write_text(f"#!/usr/bin/env bash\n{text}")
        (root / name).chmod(0o755)
    (root / "version").write_text("9.9\n")
    shutil.copy2(Path("/bin/sh").resolve(), root / "versions/9.9/bin/python")
    done = line(checked_out, room, f"{root}/shims/python -c 'echo the shim led here'")
    assert done.output == b"the shim led here\n"


def test_the_python_that_an_environment_was_made_from_is_found(outside: Path) -> None:
    python = outside / ".venv" / "bin" / "python"
    found = installations_of([str(python), "-m", "pytest"], None)
    assert outside / ".venv" in found
    # what every sandbox shows anyway is not named again
    assert all(place.is_relative_to(outside) for place in found) or OWN_PYTHON in found


def test_other_arguments_show_nothing(outside: Path) -> None:
    python = str(outside / ".venv" / "bin" / "python")
    assert installations_of(["echo", python], None) == ()
    assert installations_of(["bash", "-c", "echo x", "bash", python], None) == ()


def test_a_home_with_an_installation_in_it_shows_only_its_parts(tmp_path: Path) -> None:
    home = tmp_path / "v"
    for folder in (".ssh", "bin", "lib/python3.11", "letters"):
        (home / folder).mkdir(parents=True)
    (home / "bin" / "python").write_text("#!/bin/sh\n")
    (home / "bin" / "python").chmod(0o755)
    found = installations_of([str(home / "bin" / "python")], None)
    assert found == (home / "bin", home / "lib")


def test_no_program_shows_the_root_of_the_machine() -> None:
    for name in ("/bin/sh", "/usr/bin/env", shutil.which("git") or "/usr/bin/git"):
        assert installations_of([name], None) == ()


def test_links_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert installations_of([str(tmp_path / "a")], None) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("level", "place"), [("bwrap", "{}/"), ("bwrap", ""), ("landlock", "{}/"), ("none", "")]
)
def test_the_gate_runs_pytest_of_an_environment_outside(
    level: str, place: str, outside: Path, tmp_path: Path
) -> None:
    from fakes.command_line import BUGGY, hexci
    from fakes.repositories import commit, repo_with

    if level != "none" and not holds(level):
        pytest.skip(f"{level} cannot be had here")
    site = next((outside / ".venv").glob("lib/python3*/site-packages"))
    for name in ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments"):
        shutil.copytree(OWN_PACKAGES / name, site / name, dirs_exist_ok=True)
    shutil.copy2(OWN_PACKAGES / "py.py", site)
    repo = repo_with(tmp_path / "r", {**BUGGY, ".gitignore": ".venv\n"})
    (repo / ".venv").symlink_to(outside / ".venv")
    commit(repo, {"calc.py": BUGGY["calc.py"].replace("-", "+")})
    python = f"{place.format(outside)}.venv/bin/python"
    said = hexci(
        repo, "gate", "--base", "HEAD~1", "--evidence", f"{python} -m pytest -q", "--json",
        HEXCI_SANDBOX=level,
    )  # fmt: skip
    assert (said.exit_code, said.document["isolation"]) == (0, level), said.out
    assert said.document["green"]["runner"] == "pytest"
    assert said.document["warnings"] == []


def test_pyenv_on_path_is_shown_whole_in_any_home_though_it_is_a_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (".pyenv/.git", ".pyenv/shims", ".pyenv/libexec/pyenv", "work/.git", "work/bin"):
        (tmp_path / "u" / folder).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "v"))
    monkeypatch.setenv("PATH", f"{tmp_path}/u/.pyenv/shims:{tmp_path}/u/work/bin")
    found = {p for p in toolchains.__wrapped__() if p.is_relative_to(tmp_path)}
    assert found == {tmp_path / "u" / ".pyenv", tmp_path / "u" / "work" / "bin"}
