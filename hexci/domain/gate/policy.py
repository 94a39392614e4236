"""Step 1, patch policy: what a tree entry must be before anything is run because of it."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from hexci.domain.change import Change, ChangeKind, FileChange
from hexci.domain.gate.ruling import passed, refused
from hexci.domain.outcome import Outcome
from hexci.domain.plan import PathRules
from hexci.domain.verdict import Step, StepResult

_REGULAR = ("100644", "100755")
_KINDS = {"120000": "a symbolic link", "160000": "a submodule", "040000": "a folder entry"}

# Code points that HFS+ ignores in names, so that `.g<ZWNJ>it` is `.git` there.
_IGNORABLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD]
)
_GIT_SHORT_NAME = re.compile(r"git~\d+")
_GIT_NAMES = (".git", ".gitmodules")


@dataclass(frozen=True, slots=True)
class PatchLimits:
    """How large a change may be: bytes of one file, bytes of all, number of files."""

    file_bytes: int = 2_000_000
    patch_bytes: int = 10_000_000
    files: int = 1_000


_LIMITS = PatchLimits()


def judge_policy(
    change: Change,
    rules: PathRules,
    base_paths: Collection[str] = (),
    limits: PatchLimits = _LIMITS,
) -> StepResult:
    """Refuses what is not plain, small, allowed text; `no_change` for an empty change."""
    if not change.files:
        return refused(Step.POLICY, Outcome.NO_CHANGE, "the change is empty")
    faults = [
        f"{_shown(file.path)}: {fault}"
        for file in change.files
        if (fault := _fault_of(file, rules, limits))
    ]
    faults += _collisions(change, base_paths)
    faults += _oversize(change, limits)
    if faults:
        return refused(Step.POLICY, Outcome.DENIED, faults[0], faults=list(faults))
    return passed(Step.POLICY, files=len(change.files), bytes=_weight(change))


def _fault_of(file: FileChange, rules: PathRules, limits: PatchLimits) -> str:
    return _name_fault(file.path) or _mode_fault(file, rules) or _content_fault(file, rules, limits)


def _name_fault(path: str) -> str:
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") for part in parts):
        return "is not a path inside the repository"
    if any(0xD800 <= ord(char) <= 0xDFFF for char in path):
        return "is not a UTF-8 name"
    if "\\" in path or any(unicodedata.category(char) == "Cc" for char in path):
        return "has a control character or backslash in its name"
    looks_like = next((git for part in parts if (git := _git_look_alike(part))), "")
    return f"means {looks_like} to git or to a file system" if looks_like else ""


def _git_look_alike(part: str) -> str:
    plain = unicodedata.normalize("NFKC", part).translate(_IGNORABLE).casefold()
    plain = plain.split(":")[0].rstrip(". ")
    if _GIT_SHORT_NAME.fullmatch(plain):
        return ".git"
    if plain.startswith("gitmod~"):
        return ".gitmodules"
    return plain if plain in _GIT_NAMES else ""


def _mode_fault(file: FileChange, rules: PathRules) -> str:
    for mode in (file.mode_after, file.mode_before):
        if mode and mode not in _REGULAR:
            return f"is {_KINDS.get(mode, f'an entry of mode {mode}')}"
    if file.kind is ChangeKind.MODIFIED and file.mode_before != file.mode_after:
        return f"changes its mode from {file.mode_before} to {file.mode_after}"
    new_program = file.kind is ChangeKind.ADDED and file.mode_after == "100755"
    if new_program and not rules.names(file.path):
        return "is a new executable; name it with --allow-edit if it is wanted"
    return ""


def _content_fault(file: FileChange, rules: PathRules, limits: PatchLimits) -> str:
    if not rules.allows(file.path):
        return "is not among the paths that may be edited"
    if len(file.after or b"") > limits.file_bytes:
        return f"is larger than {limits.file_bytes} bytes"
    if not rules.names(file.path) and any(
        b"\0" in (side or b"") for side in (file.before, file.after)
    ):
        return "is binary; name it with --allow-edit if it is wanted"
    return ""


def _collisions(change: Change, base_paths: Collection[str]) -> list[str]:
    gone = {f.path for f in change.files if f.kind is ChangeKind.DELETED}
    added = {f.path for f in change.files if f.kind is ChangeKind.ADDED}
    if not added:
        return []
    standing = {_folded(path): path for path in base_paths if path not in gone}
    faults = []
    for path in sorted(added):
        other = standing.setdefault(_folded(path), path)
        if other != path:
            faults.append(f"{_shown(path)}: is {_shown(other)} on some file systems")
    return faults


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _oversize(change: Change, limits: PatchLimits) -> list[str]:
    faults = []
    if len(change.files) > limits.files:
        faults.append(f"the change touches {len(change.files)} files; {limits.files} are allowed")
    if _weight(change) > limits.patch_bytes:
        faults.append(f"the change is larger than {limits.patch_bytes} bytes")
    return faults


def _weight(change: Change) -> int:
    return sum(len(file.after or b"") for file in change.files)


def _shown(path: str) -> str:
    return path if path.isprintable() else ascii(path)[1:-1]
