"""The catalogue of the gate: attacks that must be refused, honest changes that must be accepted.

A case is a directory `{attacks,honest}/<family>-<name>/`: `case.yaml`, an optional overlay `base/`
on a project under `projects/`, and `change/`, the files that the change writes over the base.
Stored names are escaped so that nothing in a case acts on this repository: each leading `dot-` of
a path component stands for `.` (`dot-gitattributes` is `.gitattributes`).
"""

import hashlib
import importlib.util
import marshal
import os
import shutil
import subprocess
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
REFUSALS = frozenset({
    "already_green", "denied", "evidence_failed", "flaky", "protected_path", "tampered", "timeout",
    "unproven", "vacuous",
})  # fmt: skip
_FILE, _EXECUTABLE, _SYMLINK, _GITLINK, _TREE = "100644", "100755", "120000", "160000", "40000"
_WHEN = "Catalogue <catalogue@example.invalid> 1700000000 +0000"

Kind = Literal["attacks", "honest"]
Tool = Literal["node", "cargo", "go"]


class Description(BaseModel):
    """What `case.yaml` says.

    `outcome` is `ok`, or the refusals that would be right. `delete`, `symlink` (path: target),
    `gitlink` (path: commit), `mode` (path: bits), `content` (text of files whose names no checkout
    should hold) and `bytecode` (path of a module: the source that its planted `.pyc` runs) are
    done after `change/` is written. `plain` is the command without its vacuity, red on base and
    head. `naive_refuses`, `base_green` and `base_red` give the reason for an exception from the
    catalogue's own rules; `twin` names the honest change that looks like this attack.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str = Field(min_length=20)
    evidence: str
    outcome: Literal["ok"] | tuple[str, ...]
    project: str | None = None
    gate_mode: Literal["fix", "feature", "refactor"] = "fix"
    delete: tuple[str, ...] = ()
    symlink: dict[str, str] = {}
    gitlink: dict[str, str] = {}
    mode: dict[str, str] = {}
    content: dict[str, str] = {}
    bytecode: dict[str, str] = {}
    needs: tuple[Tool, ...] = ()
    plain: str | None = None
    naive_refuses: str | None = None
    base_green: str | None = None
    base_red: str | None = None
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One attack or honest change."""

    kind: Kind
    name: str
    folder: Path
    told: Description

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Built:
    """A repository with `base` checked out on `main`, and `head`, its child, on `change`."""

    repo: Path
    base: str
    head: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of a tree: its bits, and its bytes (a link's target, a submodule's commit)."""

    mode: str
    data: bytes


def load_cases(kind: Kind) -> list[Case]:
    """Every case of `kind`, by name. A file that cannot be read as a case raises."""
    return [
        Case(kind, path.parent.name, path.parent, _described(path))
        for path in sorted((HERE / kind).glob("*/case.yaml"))
    ]


def missing_tools(case: Case) -> list[str]:
    """What `case` needs and this machine has not."""
    return [tool for tool in case.told.needs if shutil.which(tool) is None]


def _described(path: Path) -> Description:
    return Description.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def build(case: Case, tmp_path: Path) -> Built:
    """A real repository of `case` below `tmp_path`, byte for byte what the case says."""
    repo = tmp_path / "repo"
    git("init", "--quiet", "--initial-branch=main", str(repo), cwd=tmp_path)
    before = base_of(case)
    base = _commit(repo, before, "Base", ())
    head = _commit(repo, head_of(case, before), "Change", (base,))
    for branch, commit in (("main", base), ("change", head)):
        git("update-ref", f"refs/heads/{branch}", commit, cwd=repo)
    git("reset", "--quiet", "--hard", base, cwd=repo)
    return Built(repo, base, head)


def base_of(case: Case) -> dict[str, Entry]:
    """The tree that the change starts from."""
    entries: dict[str, Entry] = {}
    if case.told.project:
        entries |= _stored(HERE / "projects" / case.told.project)
    return entries | _stored(case.folder / "base")


def head_of(case: Case, base: Mapping[str, Entry]) -> dict[str, Entry]:
    """The tree that the change proposes."""
    told = case.told
    entries = {**base, **_stored(case.folder / "change")}
    for path in told.delete:
        del entries[path]
    for path, target in told.symlink.items():
        entries[path] = Entry(_SYMLINK, target.encode())
    for path, commit in told.gitlink.items():
        entries[path] = Entry(_GITLINK, bytes.fromhex(commit))
    for path, text in told.content.items():
        entries[path] = Entry(_FILE, text.encode())
    for path, source in told.bytecode.items():
        entries[_cache_path(path)] = Entry(_FILE, _unchecked_bytecode(source, path))
    for path, bits in told.mode.items():
        entries[path] = Entry(bits, entries[path].data)
    return entries


def _stored(folder: Path) -> dict[str, Entry]:
    return {
        _unescaped(path.relative_to(folder)): Entry(_FILE, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _unescaped(stored: Path) -> str:
    parts = (f".{p[4:]}" if p.startswith("dot-") else p for p in stored.parts)
    return "/".join(parts)


def _cache_path(module: str) -> str:
    cached = Path(importlib.util.cache_from_source(module))
    return cached.as_posix()


def _unchecked_bytecode(source: str, path: str) -> bytes:
    """A cache file that Python runs without a look at the source (PEP 552, flags 1)."""
    code = marshal.dumps(compile(source, path, "exec"))
    return importlib.util.MAGIC_NUMBER + b"\1\0\0\0" + bytes(8) + code


def _commit(
    repo: Path, entries: Mapping[str, Entry], message: str, parents: tuple[str, ...]
) -> str:
    lines = [f"tree {_tree(repo, entries)}", *(f"parent {p}" for p in parents)]
    lines += [f"author {_WHEN}", f"committer {_WHEN}", "", message, ""]
    return _object(repo, "commit", "\n".join(lines).encode())


def _tree(repo: Path, entries: Mapping[str, Entry]) -> str:
    """By hand: git's own commands refuse the very names that an attacker would write."""
    folders: dict[str, dict[str, Entry]] = {}
    rows: list[tuple[bytes, bytes]] = []
    for path, entry in entries.items():
        name, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(name, {})[rest] = entry
        else:
            rows.append((name.encode(), _row(name, entry.mode, _identity(repo, entry))))
    for name, below in folders.items():
        sub = bytes.fromhex(_tree(repo, below))
        rows.append((name.encode() + b"/", _row(name, _TREE, sub)))
    return _object(repo, "tree", b"".join(row for _, row in sorted(rows)))


def _row(name: str, mode: str, identity: bytes) -> bytes:
    return f"{mode} {name}\0".encode() + identity


def _identity(repo: Path, entry: Entry) -> bytes:
    if entry.mode == _GITLINK:
        return entry.data
    return bytes.fromhex(_object(repo, "blob", entry.data))


def _object(repo: Path, kind: str, data: bytes) -> str:
    whole = f"{kind} {len(data)}\0".encode() + data
    name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    path = repo / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(whole, 1))
    return name


def git(*arguments: str, cwd: Path) -> str:
    """What git prints for `arguments` in `cwd`, free of the machine's configuration."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(cwd), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }  # fmt: skip
    done = subprocess.run(
        ("git", *arguments), cwd=cwd, env=environment, capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()
