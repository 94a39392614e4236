from collections.abc import Callable
from pathlib import Path

import pytest

from hexci.adapters.process.probe import LEVELS, best_sandbox, holds
from hexci.ports.sandbox import Finished, Sandbox

Run = Callable[..., Finished]


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "room"
    folder.mkdir()
    return folder


@pytest.fixture(params=LEVELS)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """Every level that this machine has."""
    if request.param != "none" and not holds(request.param):
        pytest.skip(f"{request.param} cannot be had here")
    return best_sandbox(None, request.param)


@pytest.fixture
def confined(sandbox: Sandbox) -> Sandbox:
    if sandbox.level == "none":
        pytest.skip("at this level nothing is promised but bounds and a scrubbed environment")
    return sandbox


def shell(sandbox: Sandbox, room: Path, line: str, timeout: float = 30.0) -> Finished:
    return sandbox.run(["bash", "-c", line], room=room, timeout=timeout)
