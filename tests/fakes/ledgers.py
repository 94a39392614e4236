"""Ledgers for tests: records as text, repositories with a protected branch, one-line verdicts."""

from collections.abc import Mapping
from pathlib import Path

from fakes.repositories import commit, git, repo_with

from hexci.adapters.git.ledger_room import ledger_room
from hexci.adapters.manifests.ledger_config import parse_ledger
from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.finding import Report, Severity
from hexci.domain.ledger.index import render_index
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Record, read_record
from hexci.domain.ledger.sides import Sides
from hexci.usecases.audit_ledger import JudgedLanding, judge_landings
from hexci.usecases.check_ledger import Beside, Forge, check_ledger

FOLDER = "docs/adr"
Files = Mapping[str, str | bytes | None]
BODY = """
# {title}

## Context

There was a choice.

## Decision

We do {title}.

## Consequences

It is done.
"""


def path_of(record_id: str) -> str:
    return f"{FOLDER}/{record_id}.md"


def record(record_id: str, status: str = "proposed", *, body: str = "", **keys: str) -> str:
    """A record's text; `keys` are written as they are, `superseded_by` for `superseded-by`."""
    more = {name.replace("_", "-"): value for name, value in keys.items()}
    order = [
        *("deciders", "supersedes", "superseded-by", "amends", "amended-by", "governs", "enforce"),
        *("verify", "epoch", "tags", "reopen-when"),
    ]
    lines = [f"id: {record_id}", f"status: {status}", f"date: {more.pop('date', '2026-01-01')}"]
    lines += [f"{key}: {more.pop(key)}" for key in order if key in more]
    assert not more, more
    return "---\n" + "\n".join(lines) + "\n---\n" + (body or BODY.format(title=record_id))


def records(*ids: str, status: str = "proposed") -> dict[str, str]:
    return {path_of(one): record(one, status) for one in ids}


def index_of(files: Mapping[str, str], before: str | None = None) -> str:
    """The index of record files by path."""
    read = [read_record(path, text.encode()) for path, text in files.items()]
    return render_index([r for r in read if isinstance(r, Record)], LedgerPolicy(), before)


def ledger_repo(folder: Path, accepted: Mapping[str, str], **more: str) -> Path:
    """A repository whose ledger grew legally: proposals first, then `accepted`'s final texts."""
    base = {"src/a.py": "a = 1\n", **{f"src/f{n}.txt": f"{n}\n" for n in range(12)}, **more}
    return repo_with(folder, {**base, **accepted})


def check(repo: Path, base: str, head: str, forge: Forge | None = None) -> Report:
    """The report on landing `head` on `base`."""
    with ledger_room(repo) as room:
        sides = room.sides.between(base, head)
        return _report(room, sides, forge or Forge())


def check_trees(repo: Path, base_tree: str, head_tree: str) -> Report:
    """The report on two trees as they are."""
    with ledger_room(repo) as room:
        return _report(room, Sides(base_tree, head_tree, "base", "head"), Forge())


def _report(room: object, sides: Sides, forge: Forge) -> Report:
    from hexci.adapters.git.ledger_room import LedgerRoom

    assert isinstance(room, LedgerRoom)
    policies = (policy_at(room, sides.base_tree), policy_at(room, sides.head_tree))
    return check_ledger(sides, policies=policies, source=room.source, beside=Beside(forge)).report


def policy_at(room: object, tree: str) -> LedgerPolicy:
    from hexci.adapters.git.ledger_room import LedgerRoom

    assert isinstance(room, LedgerRoom)
    text = room.config_of(tree)
    return LedgerPolicy() if text is None else parse_ledger(text)


def audit(repo: Path, ref: str = "HEAD") -> list[JudgedLanding]:
    """Every judged landing of the first-parent line."""
    with ledger_room(repo) as room:
        head = room.commit(ref)
        policy = policy_at(room, head)
        landings = room.source.landings(head, (policy.folder, CONFIG_PATH))
        return list(judge_landings(landings, policy, read_policy=parse_ledger, source=room.source))


def errors(report: Report) -> list[str]:
    """`RULE path:line` of each error."""
    return [
        f"{f.rule} {f.path.removeprefix(FOLDER + '/')}"
        for f in report.findings
        if f.severity is Severity.ERROR
    ]


def rules(report: Report) -> set[str]:
    """The rules that errors name."""
    return {f.rule for f in report.findings if f.severity is Severity.ERROR}


def landed(repo: Path, files: Files) -> Report:
    """The report on one commit with `files` on top of HEAD."""
    before = git(repo, "rev-parse", "HEAD")
    return check(repo, before, commit(repo, files))
