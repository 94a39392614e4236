"""The audit on real git: the same verdicts as check, and a long history of sins."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.fast_import import import_history
from fakes.ledger_git import LedgerGit
from fakes.ledgers import audit, check_trees, path_of, record
from fakes.repositories import git

from hexci.compose import ledger_judging
from hexci.errors import BadInputError

Snapshot = dict[str, bytes]


def random_snapshots(seed: int) -> list[Snapshot]:
    """A ledger that changes by chance, legally or not."""
    choose = random.Random(seed)
    ids = [f"2026-01-0{n}-r" for n in range(1, 6)]
    files: Snapshot = {"a.txt": b"0"}
    snapshots = [dict(files)]
    for number in range(25):
        path = path_of(choose.choice(ids))
        what = choose.choice(["status", "status", "body", "delete", "crlf", "code", "fault"])
        text = files.get(path, record(path[9:-3]).encode())
        if what == "status":
            status = choose.choice(["proposed", "accepted", "completed", "deprecated"]).encode()
            lines = text.split(b"\n")
            text = b"\n".join(b"status: " + status if x[:7] == b"status:" else x for x in lines)
        files[path] = {
            "body": text + b"more\n",
            "crlf": text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
            "fault": b"# nothing\n" if number > 15 else text,
        }.get(what, text)
        if what == "delete":
            del files[path]
        files["a.txt"] = str(number).encode()
        snapshots.append(dict(files))
    return snapshots


@pytest.mark.parametrize("seed", range(4))
def test_check_and_audit_agree_on_real_git(tmp_path: Path, seed: int) -> None:
    snapshots = random_snapshots(seed)
    repo = import_history(tmp_path / "repo", [(f"#{n}", s) for n, s in enumerate(snapshots)])
    commits = git(repo, "rev-list", "--reverse", "main").split()
    judged = audit(repo)
    illegal = {one.landing.commit for one in judged if one.illegal}
    touching = {one.landing.commit for one in judged}
    failing = {
        after
        for before, after in pairwise(commits)
        if after in touching
        and check_trees(repo, f"{before}^{{tree}}", f"{after}^{{tree}}").outcome.exit_code == 1
    }
    assert illegal == failing
    assert failing


def test_a_shallow_clone_cannot_be_audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = import_history(tmp_path / "repo", [("a", {"a": b"1"}), ("b", {"a": b"2"})])
    git(repo, "clone", "-q", "--depth", "1", repo.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    with pytest.raises(BadInputError, match="shallow"):
        ledger_judging.audit("HEAD", "text")


SINS, LANDINGS = 126, 322


def sinful_history() -> list[tuple[str, Snapshot]]:  # noqa: C901
    """322 landings, 126 of them illegal, five of them sweeps: the shape of a real ledger."""
    git_ = LedgerGit()
    names = [f"2026-{1 + n % 12:02}-{1 + n % 28:02}-r{n:03}" for n in range(160)]
    history: list[tuple[str, Snapshot]] = []

    def land(subject: str) -> None:
        history.append((subject, dict(git_.work)))

    def write(name: str, status: str, more: str = "") -> None:
        git_.work[path_of(name)] = (record(name, status) + more).encode()

    for name in names:
        write(name, "proposed")
        if name == names[-1]:
            continue
        land(f"Propose {name}")
    for name in names[:12]:
        write(name, "accepted")
    land("Sweep: accept twelve")
    for name in names[12:45]:
        write(name, "accepted")
        land(f"Accept {name}")
    for name in names[:12]:
        write(name, "completed")
    land("Sweep: complete twelve")
    sins = 0
    for name in names[:15]:
        git_.work[path_of(name)] += b"\nVerified.\n"
    land("Sweep: inject a line")
    for name in names[15:25]:
        git_.work[f"docs/adr/ADR-{name}.md"] = git_.work.pop(path_of(name))
    land("Sweep: rename")
    for name in names[25:30]:
        del git_.work[path_of(name)]
    land("Sweep: consolidate")
    sins += 3
    while sins < SINS:
        name = names[30 + sins % 15]
        git_.work[path_of(name)] = git_.work[path_of(name)].replace(b"done", b"redone")
        land(f"Edit {name}")
        sins += 1
    while len(history) < LANDINGS:
        history.append(("Code", {**git_.work, "code.py": str(len(history)).encode()}))
    return history


def test_34_a_long_history_is_replayed_and_its_sweeps_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = sinful_history()
    repo = import_history(tmp_path / "repo", history)
    assert len(history) == LANDINGS
    assert sum(one.illegal for one in audit(repo)) == SINS
    monkeypatch.chdir(repo)
    outcome, text = ledger_judging.audit("HEAD", "text")
    assert outcome.exit_code == 1
    for sweep in (subject for subject, _ in history if subject.startswith("Sweep")):
        assert sweep in text
