"""Whether files that changed still say what they said: then the last answer still holds.

Most commits change no import. Old and new content are compared; whatever is not plain (a file
more or less, a config, a file the scanner is unsure of) is left to the whole run. Imports next
to nothing: where a look at the two texts is enough, no scanner is loaded.
"""

import os

from hexci.adapters.sources.contents import stored_blob
from hexci.adapters.sources.repository import git_folder
from hexci.domain.boundaries.file_kinds import is_document, language_of
from hexci.domain.boundaries.python.tails import says_the_same as below_the_imports

_FEW = 8  # files; each may cost a git process, and more of them are seldom all without news
_CONFIGS = frozenset((".hexci/boundaries.yaml", ".hexci/boundaries.baseline", "pyproject.toml"))


def same_answer(before: bytes, now: bytes, parsed: frozenset[bytes], root: str, text: str) -> bool:
    """Whether nothing that `text` tells changed in what is staged.

    `before` and `now` are what `git ls-files -s -z` said then and says now; `parsed` are the
    files that the scanner was unsure of.
    """
    changed = _changed(before, now)
    if changed is None:
        return False
    folder = git_folder(root)
    for name, then, sha in changed:
        path = os.fsdecode(name)
        if path in _CONFIGS or is_document(path):
            return False
        language = language_of(path)
        if not language:
            continue
        old, new = stored_blob(root, folder, then), stored_blob(root, folder, sha)
        plainly = language == "python" and name not in parsed
        if not (plainly and below_the_imports(old, new)) and not _scanned(path, old, new, text):
            return False
    return True


def _scanned(path: str, old: bytes, new: bytes, text: str) -> bool:
    from hexci.adapters.sources.rescanned import says_the_same  # noqa: PLC0415 - seldom needed

    return says_the_same(path, old, new, text)


def _changed(before: bytes, now: bytes) -> list[tuple[bytes, str, str]] | None:
    """(path, SHA then, SHA now) of changed files; None when more than that changed."""
    if len(before) != len(now):
        return None
    found: list[tuple[bytes, str, str]] = []
    at = _difference(before, now, 0)
    while at < len(now):
        start, end = now.rfind(b"\0", 0, at) + 1, now.find(b"\0", at)
        # `100644 <sha> 0\t<path>`: the mode, the stage and the path must be what they were
        old, sha = before[start:end].split(b" ", 2), now[start:end].split(b" ", 2)
        if len(found) == _FEW or old[::2] != sha[::2] or old[0][:3] != b"100" or old[2][:1] != b"0":
            return None
        found.append((sha[2][2:], old[1].decode("ascii"), sha[1].decode("ascii")))
        at = _difference(before, now, end)
    return found


def _difference(before: bytes, now: bytes, at: int) -> int:
    """Where two texts of one length differ, from `at` on; their length where they do not."""
    step = 4096
    while step:
        if before[at : at + step] == now[at : at + step]:
            at += step
            if at >= len(now):
                return len(now)
        else:
            step //= 2
    return at
