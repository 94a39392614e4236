import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fakes.git_server import GitServer, git_server
from fakes.repositories import commit, fingerprint, git, repo_with

from hexci.adapters.git.board import GitBoard
from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.origin import GitOrigin, Move
from hexci.adapters.git.quarters import quarters_for
from hexci.adapters.git.records import NOTES, GitRecords
from hexci.errors import BadInputError, ConflictError, DeniedError, HexciError
from hexci.ports.records import Landing

TOKEN = "canary-write"
RUN = "20260102T030405Z-0123456789ab"


class Desk:
    """Clones of one remote, each with its own origin."""

    def __init__(self, server: GitServer, tmp_path: Path, stack: ExitStack) -> None:
        self.server = server
        self.tmp_path = tmp_path
        self.stack = stack
        self.slept: list[float] = []

    def clone(self, name: str, *options: str) -> Path:
        place = self.tmp_path / name
        git(self.tmp_path, "clone", "-q", *options, f"file://{self.server.bare}", str(place))
        return place

    def origin(self, place: Path, token: str = TOKEN) -> GitOrigin:
        quarters = self.stack.enter_context(quarters_for(Checkout.at(place)))
        return GitOrigin(
            quarters.vault, f"{self.server.url}/octo/app.git", token, self.slept.append
        )

    def board(self, place: Path) -> GitBoard:
        return GitBoard(Checkout.at(place), self.origin(place))

    def with_run(self, place: Path, run: str, text: str = "x", base: str = "HEAD") -> str:
        """A clone in which a run landed; its commit."""
        checkout = Checkout.at(place)
        quarters = self.stack.enter_context(quarters_for(checkout))
        vault, records = quarters.vault, GitRecords(checkout, quarters.vault)
        head = checkout.resolve(base)
        tree = vault.overlay(vault.tree_of(head), {"new.txt": text.encode()})
        made = vault.commit(tree, [head], "Fix", who="A <a@b.c>", at="2026-01-02T03:04:05Z")
        records.begin(run, {"run.json": b"{}"}, "plan ok")
        landing = Landing(f"hex/auto/{run}", made, tree, f'{{"n":"{text}"}}'.encode())
        records.step(run, {"run.json": b"{}"}, "end committed", landing)
        return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    seed = repo_with(tmp_path / "seed", {"a.txt": "a"})
    with git_server(tmp_path / "served", seed) as server, ExitStack() as stack:
        server.writers.add(TOKEN)
        server.readers.add("canary-read")
        yield Desk(server, tmp_path, stack)


def test_a_run_reaches_the_remote_with_branch_record_and_note(desk: Desk) -> None:
    place = desk.clone("one")
    made = desk.with_run(place, RUN)
    origin = desk.origin(place)
    origin.push_run(RUN, f"hex/auto/{RUN}")
    origin.push_run(RUN, f"hex/auto/{RUN}")
    refs = desk.server.refs()
    assert refs[f"refs/heads/hex/auto/{RUN}"] == made
    assert f"refs/hexci/runs/{RUN}" in refs
    assert '{"n":"x"}' in git(
        desk.server.bare, "notes", f"--ref={NOTES}", "show", f"{made}^{{tree}}"
    )


def test_the_token_is_nowhere_on_disk(desk: Desk) -> None:
    """T5: not in any file of checkout or vault."""
    place = desk.clone("one")
    desk.with_run(place, RUN)
    desk.origin(place).push_run(RUN, f"hex/auto/{RUN}")
    held = [p for p in desk.tmp_path.rglob("*") if p.is_file() and TOKEN.encode() in p.read_bytes()]
    assert held == []


def test_a_config_planted_in_the_checkout_gets_neither_token_nor_push(
    desk: Desk, tmp_path: Path
) -> None:
    """T5, T6: a planted config sends the token nowhere."""
    place = desk.clone("one")
    git(place, "config", f"url.{tmp_path}/elsewhere/.insteadOf", f"{desk.server.url}/")
    git(place, "config", "credential.helper", f"!touch {tmp_path}/PWNED; echo")
    git(place, "config", "http.extraHeader", "Authorization: basic planted")
    desk.with_run(place, RUN)
    desk.origin(place).push_run(RUN, f"hex/auto/{RUN}")
    assert f"refs/heads/hex/auto/{RUN}" in desk.server.refs()
    assert not (tmp_path / "PWNED").exists()


def test_a_branch_that_is_something_else_there_is_a_conflict_and_nothing_moves(desk: Desk) -> None:
    place = desk.clone("one")
    desk.with_run(place, RUN)
    other = git(desk.server.bare, "rev-parse", "main")
    tree = git(desk.server.bare, "rev-parse", "main^{tree}")
    foreign = git(desk.server.bare, "commit-tree", tree, "-p", other, stdin=b"theirs")
    git(desk.server.bare, "update-ref", f"refs/heads/hex/auto/{RUN}", foreign)
    before = desk.server.refs()
    with pytest.raises(ConflictError, match="something else"):
        desk.origin(place).push_run(RUN, f"hex/auto/{RUN}")
    assert before == desk.server.refs()


def test_a_push_whose_answer_was_lost_counts_once(desk: Desk) -> None:
    place = desk.clone("one")
    desk.with_run(place, RUN)
    desk.server.lost_pushes = 1
    desk.origin(place).push_run(RUN, f"hex/auto/{RUN}")
    assert f"refs/heads/hex/auto/{RUN}" in desk.server.refs()


def test_bursts_of_server_errors_are_waited_out_and_outages_told(desk: Desk) -> None:
    place = desk.clone("one")
    desk.with_run(place, RUN)
    desk.server.faults = [500, 503, None, None, 502]
    desk.origin(place).push_run(RUN, f"hex/auto/{RUN}")
    assert desk.slept
    desk.server.faults = [503] * 100
    with pytest.raises(HexciError, match="503") as told:
        desk.origin(place).tip("refs/heads/main")
    assert told.value.outcome == "infra_error"


def test_a_token_that_may_only_read_is_told_which_permission_it_lacks(desk: Desk) -> None:
    place = desk.clone("one")
    desk.with_run(place, RUN)
    with pytest.raises(DeniedError, match="contents: write"):
        desk.origin(place, "canary-read").push_run(RUN, f"hex/auto/{RUN}")
    with pytest.raises(HexciError, match="does not know the token"):
        desk.origin(place, "wrong").tip("refs/heads/main")


def test_a_token_that_expired_during_the_job_is_the_platforms_fault(desk: Desk) -> None:
    place = desk.clone("one")
    desk.with_run(place, RUN)
    origin = desk.origin(place)
    assert origin.tip("refs/heads/main")
    desk.server.writers.clear()
    with pytest.raises(HexciError, match="does not know the token") as told:
        origin.push_run(RUN, f"hex/auto/{RUN}")
    assert (told.value.outcome, TOKEN in str(told.value)) == ("infra_error", False)


def test_a_new_branch_is_pushed_once_and_never_moved(desk: Desk) -> None:
    place = desk.clone("one")
    head = git(place, "rev-parse", "HEAD")
    made = commit(place, {"b.txt": "b"})
    origin = desk.origin(place)
    origin.push_branch("hex/auto/x", head)
    origin.push_branch("hex/auto/x", made)
    assert desk.server.refs()["refs/heads/hex/auto/x"] == head


@pytest.mark.parametrize("options", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_a_commit_made_elsewhere_is_brought_here_and_the_checkout_stays(
    desk: Desk, options: tuple[str, ...]
) -> None:
    place = desk.clone("one", *options)
    other = desk.clone("two")
    older = commit(other, {"b.txt": "b"})
    made = commit(other, {"b.txt": "c"})
    git(other, "push", "-q", "origin", "HEAD:refs/pull/7/head")
    before = fingerprint(place)
    origin = desk.origin(place)
    origin.fetch(made, "refs/pull/7/head")
    origin.fetch(older, "refs/pull/7/head")
    assert git(place, "show", f"{made}:b.txt") == "c"
    assert git(place, "show", f"{older}:b.txt") == "b"
    assert fingerprint(place) == before
    run = desk.with_run(place, RUN, base=made)
    origin.push_run(RUN, f"hex/auto/{RUN}")
    assert desk.server.refs()[f"refs/heads/hex/auto/{RUN}"] == run


def test_a_ref_that_moved_on_is_a_conflict(desk: Desk) -> None:
    place = desk.clone("one")
    with pytest.raises(ConflictError, match="no longer leads"):
        desk.origin(place).fetch("1" * 40, "refs/heads/main")
    with pytest.raises(ConflictError, match="no longer has it"):
        desk.origin(place).fetch("1" * 40, "refs/pull/9/head")


def test_records_of_a_day_come_here_and_odd_names_stay_away(desk: Desk) -> None:
    desk.with_run(desk.clone("one"), RUN)
    desk.origin(desk.tmp_path / "one").push_run(RUN, f"hex/auto/{RUN}")
    tip = git(desk.server.bare, "rev-parse", "main")
    git(desk.server.bare, "update-ref", "refs/hexci/runs/20260102T-odd/name", tip)
    place = desk.clone("two")
    assert list(desk.origin(place).fetch_runs("20260102")) == [RUN]
    assert list(desk.origin(place).fetch_runs("20260103")) == []
    assert desk.origin(place).has_run(RUN)
    assert not desk.origin(place).has_run("../heads/main")
    assert GitRecords(Checkout.at(place)).load(RUN)


def test_names_that_are_none_of_ours_are_refused(desk: Desk) -> None:
    origin = desk.origin(desk.clone("one"))
    for ref in ("--upload-pack=x", "refs/heads/a:refs/heads/b", "refs/../x", "+refs/x"):
        with pytest.raises(BadInputError):
            origin.fetch_refs([ref])


def test_a_slip_is_written_by_one_and_read_by_all(desk: Desk) -> None:
    one, two = desk.board(desk.clone("one")), desk.board(desk.clone("two"))
    assert one.read("events/1/issue-1/a") is None
    first = one.write("events/1/issue-1/a", {"state": "open"}, "")
    with pytest.raises(ConflictError):
        two.write("events/1/issue-1/a", {"state": "mine"}, "")
    there = two.read("events/1/issue-1/a")
    assert there == first
    second = two.write(first.name, {"state": "done"}, first.version)
    with pytest.raises(ConflictError):
        one.write(first.name, {"state": "late"}, first.version)
    one.write("events/2/issue-1/b", {"state": "x"}, "")
    assert [second.body, {"state": "x"}] == [s.body for s in one.under("events/*/issue-1/*")]


@pytest.mark.slow
def test_twenty_runs_at_once_lose_no_record_and_no_note(desk: Desk) -> None:
    runs = [f"20260102T0304{n:02}Z-0123456789ab" for n in range(20)]
    places = [desk.clone(f"c{n}") for n in range(20)]
    made = [desk.with_run(p, r, f"t{n}") for n, (p, r) in enumerate(zip(places, runs, strict=True))]
    origins = [desk.origin(place) for place in places]
    failed: list[BaseException] = []

    def push(origin: GitOrigin, run: str) -> None:
        try:
            origin.push_run(run, f"hex/auto/{run}")
        except BaseException as error:  # noqa: BLE001 - told by the assertion
            failed.append(error)

    threads = [threading.Thread(target=push, args=pair) for pair in zip(origins, runs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    refs = desk.server.refs()
    assert all(refs[f"refs/heads/hex/auto/{run}"] == c for run, c in zip(runs, made, strict=True))
    assert all(f"refs/hexci/runs/{run}" in refs for run in runs)
    noted = git(desk.server.bare, "notes", f"--ref={NOTES}", "list").splitlines()
    assert len(noted) == 20


def test_moves_are_all_or_none(desk: Desk) -> None:
    place = desk.clone("one")
    tip = git(place, "rev-parse", "HEAD")
    made = commit(place, {"b.txt": "b"})
    moves = [Move("refs/heads/x", made, ""), Move("refs/heads/main", made, "2" * 40)]
    with pytest.raises(ConflictError):
        desk.origin(place).push(moves)
    assert {"refs/heads/main": tip} == desk.server.refs()
