"""Timing `hexci adr check` beside `git diff`, and the index beside adr-tools' table of contents.

CPU seconds of the whole process and its children: they hold on a machine that does other things.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hexci.domain.ledger.front_matter import Value
from hexci.domain.ledger.record import Record
from hexci.domain.measurement import Paired
from hexci.errors import HexciError

_TIMEOUT = 600.0
_CODE_FILES = 5_000
_CHANGED_RECORDS, _CHANGED_FILES = 5, 20
_BODY = "\n# {title}\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Consequences\n\nE.\n"
_NYGARD = "# {n}. T\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nC\n"
_AMENDED = "\n## Amendments\n\n- 2026-02-01 erratum: One.\n"
_IDENTITY = {
    name: value
    for who in ("AUTHOR", "COMMITTER")
    for name, value in ((f"GIT_{who}_NAME", "bench"), (f"GIT_{who}_EMAIL", "bench@example.org"))
}


def measure(runs: int, records: int = 1_000) -> list[Paired]:
    """`runs` pairs each, on a ledger of `records`; adr-tools only where `adr` is on PATH."""
    with TemporaryDirectory() as folder:
        top = Path(folder)
        _grow(top, records)
        hexci = [sys.executable, "-m", "hexci", "adr"]
        check = [*hexci, "check", "--base", "HEAD^1", "--head", "HEAD"]
        diff = ["git", "diff", "--raw", "-z", "HEAD^1", "HEAD"]
        name = f"hexci adr check, {records} records, 25 changed files"
        found = [_paired(name, "git diff --raw", check, diff, top, runs)]
        if shutil.which("adr"):
            toc = ["adr", "generate", "toc"]
            found.append(
                _paired("hexci adr index", "adr generate toc", [*hexci, "index"], toc, top, 1)
            )
    return found


def _paired(  # noqa: PLR0913, PLR0917
    name: str, peer: str, ours: list[str], theirs: list[str], folder: Path, runs: int
) -> Paired:
    _cpu(ours, folder)  # what is compiled or cached once is not counted
    pairs = [(_cpu(ours, folder), max(_cpu(theirs, folder), 0.001)) for _ in range(runs)]
    mine, other = zip(*pairs, strict=True)
    return Paired(name, peer, mine, other, unit="CPU s")


def _cpu(argv: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        argv, cwd=folder, capture_output=True, timeout=_TIMEOUT, check=False, env=_environment()
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")
        raise HexciError(f"{' '.join(argv)} failed: {said}")
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def _environment() -> Mapping[str, str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_"))}
    # compiled modules are kept, as an installed hexci has them
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**plain, **_IDENTITY}


def _grow(top: Path, records: int) -> None:
    written = [_record(n) for n in range(records)]
    for record in written:
        _write(top / record.path, record.written())
    for n in range(1, records + 1):
        _write(top / f"doc/adr/{n:04}-t.md", _NYGARD.format(n=n))
    for n in range(_CODE_FILES):
        _write(top / f"src/p{n % 50}/m{n}.py", f"x = {n}\n")
    _git(top, "init", "-q")
    _commit(top)
    for record in written[:_CHANGED_RECORDS]:
        _write(top / record.path, record.written() + _AMENDED)
    for n in range(_CHANGED_FILES):
        _write(top / f"src/p{n % 50}/m{n}.py", "y = 1\n")
    _commit(top)


def _record(n: int) -> Record:
    name = f"2026-01-{1 + n % 28:02}-r{n}"
    governs = (f"src/p{n % 50}/m{n}.py",)
    header: dict[str, Value] = {
        "id": name,
        "status": "accepted",
        "date": name[:10],
        "governs": governs,
    }
    return Record(f"docs/adr/{name}.md", header, _BODY.format(title=name), {}, 1)


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def _commit(top: Path) -> None:
    _git(top, "add", "-A")
    _git(top, "commit", "-q", "-m", "Go on")


def _git(top: Path, *arguments: str) -> None:
    # what git does behind our back would still write while the folder is removed
    alone = ("-c", "gc.auto=0", "-c", "maintenance.auto=false")
    subprocess.run(
        ["git", *alone, *arguments], cwd=top, env=_environment(), check=True, timeout=_TIMEOUT,
        capture_output=True,
    )  # fmt: skip
