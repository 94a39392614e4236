"""Shared state with many runners, on a real remote on loopback."""

import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes.repositories import git, repo_with

from hexci.adapters.git.cells import GitCells
from hexci.adapters.git.plumbing import Git
from hexci.domain.law.limits import Amounts, Ceiling
from hexci.domain.state import Refused, Value, answered, released, reserved, settled, spent, taken
from hexci.errors import BadInputError
from hexci.usecases.change_state import change_state

RUNNERS = 50
NOW, LATER = "2026-01-02T03:04:05Z", "2026-01-02T04:04:05Z"


def pause(attempt: int) -> None:
    time.sleep(random.random() * min(2.0, 0.05 * 2**attempt))


@pytest.fixture(params=["local", "remote"])
def cells(request: pytest.FixtureRequest, tmp_path: Path) -> GitCells:
    folder = repo_with(tmp_path / "r", {"a": "a"})
    if request.param == "local":
        return GitCells(Git(folder))
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    return GitCells(Git(folder), str(tmp_path / "remote.git"))


def test_a_value_is_replaced_only_when_it_is_what_was_read(cells: GitCells) -> None:
    assert cells.read("locks/a") is None
    assert cells.swap("locks/a", None, {"n": 1}, "one")
    first = cells.read("locks/a")
    assert first is not None
    assert first.value == {"n": 1}
    assert not cells.swap("locks/a", None, {"n": 2}, "two")
    assert cells.swap("locks/a", first, {"n": 2}, "two")
    assert not cells.swap("locks/a", first, {"n": 3}, "three")
    assert cells.names("locks") == ["locks/a"]
    second = cells.read("locks/a")
    assert second is not None
    assert second.value == {"n": 2}


@pytest.mark.parametrize("name", ["../heads/main", "a..b", "/a", "a/", "a b", "-x/../y", "a.lock"])
def test_no_name_leads_out_of_our_refs(cells: GitCells, name: str) -> None:
    with pytest.raises(BadInputError):
        cells.read(name)


def test_a_lock_is_stolen_only_when_it_has_expired() -> None:
    lock = taken(None, "a", "x", NOW, LATER)
    assert not isinstance(lock, Refused)
    assert taken(lock, "b", "x", NOW, LATER) == Refused(f"held by a until {LATER}")
    assert not isinstance(taken(lock, "b", "x", "2026-01-02T04:04:06Z", "9"), Refused)
    assert isinstance(released(lock, "b"), Refused)
    given_back = released(lock, "a")
    assert not isinstance(given_back, Refused)
    assert not isinstance(taken(given_back, "b", "x", NOW, LATER), Refused)


@pytest.fixture(scope="module")
def loopback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("served")
    git(root, "init", "-q", "--bare", "state.git")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        ["git", "daemon", "--reuseaddr", "--export-all", "--enable=receive-pack",
         "--listen=127.0.0.1", f"--port={port}", "--max-connections=128", f"--base-path={root}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"git://127.0.0.1:{port}/state.git"
    for _ in range(100):
        if subprocess.run(["git", "ls-remote", url], capture_output=True, check=False,
                          timeout=20).returncode == 0:  # fmt: skip
            break
        time.sleep(0.1)
    yield url
    server.terminate()
    server.wait(20)


def raced(work: Callable[[int, GitCells], object], url: str, folder: Path) -> list[object]:
    """What each of 50 runners, each with its own clone, got."""
    start = threading.Barrier(RUNNERS)

    def runner(number: int) -> object:
        clone = folder / str(number)
        clone.mkdir()
        git(clone, "init", "-q")
        start.wait(120)
        return work(number, GitCells(Git(clone), url))

    with ThreadPoolExecutor(RUNNERS) as pool:
        return list(pool.map(runner, range(RUNNERS)))


@pytest.mark.slow
def test_fifty_runners_race_for_one_lock_one_wait_and_one_budget(
    loopback: str, tmp_path: Path
) -> None:
    judge = GitCells(Git(repo_with(tmp_path / "judge", {"a": "a"})), loopback)
    judge.swap("waits/w", None, {"state": "open"}, "asked")
    ceiling, one = Ceiling(calls=7, origin="budget"), Amounts(calls=1)

    def work(number: int, cells: GitCells) -> object:
        me = f"runner-{number}"

        def take(lock: Value | None) -> Value | Refused:
            return taken(lock, me, "race", NOW, LATER)

        def answer(wait: Value | None) -> Value | Refused:
            return answered(wait, me, NOW, approved=True)

        def reserve(budget: Value | None) -> Value | Refused:
            return reserved(budget, ceiling, me, one)

        steps = (("locks/l", take), ("waits/w", answer), ("budget/b", reserve))
        return tuple(
            not isinstance(change_state(name, step, me, cells=cells, pause=pause), Refused)
            for name, step in steps
        )

    won = raced(work, loopback, tmp_path)
    by_kind = [sum(isinstance(w, tuple) and w[kind] for w in won) for kind in range(3)]
    assert by_kind == [1, 1, 7]
    budget = judge.read("budget/b")
    assert budget is not None
    assert spent(budget.value) == Amounts(calls=7)
    entry = next(iter(budget.value["entries"]))  # type: ignore[arg-type]
    after = settled(budget.value, str(entry), Amounts())
    assert not isinstance(after, Refused)
    assert spent(after) == Amounts(calls=6)
