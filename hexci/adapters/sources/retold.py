"""Whether files that changed still say what they said: then the last answer still holds.

Most commits change no import. Old and new content are scanned and compared; whatever is not
plain (a file more or less, a config, a file the scanner is unsure of) is left to the whole run.
"""

import os

from hexci.adapters.sources.git_tree import StagedFiles
from hexci.adapters.sources.repository import git_folder, hook_index
from hexci.adapters.sources.spawn import git_output
from hexci.domain.boundaries.kinds import Extract
from hexci.domain.boundaries.languages import inline_ignores, is_document, language_of, read_source

_FEW = 8  # files; each costs a git process, and more of them are seldom all without news
_CONFIGS = frozenset((".hexci/boundaries.yaml", ".hexci/boundaries.baseline", "pyproject.toml"))


def says_the_same(before: bytes, root: str, now: bytes) -> bool:
    """Whether nothing that rules look at changed in what is staged.

    `before` and `now` are what `git ls-files -s -z` said then and says now.
    """
    changed = _changed(before, now)
    if changed is None:
        return False
    staged = StagedFiles(root, hook_index(git_folder(root)), now)
    contents = dict(staged.read({path: sha for path, _, sha in changed}))
    return all(
        _same(path, git_output(root, "cat-file", "blob", old), contents[path])
        for path, old, _ in changed
    )


def _changed(before: bytes, now: bytes) -> list[tuple[str, str, str]] | None:
    """(path, SHA then, SHA now) of changed sources; None when more than that changed."""
    then, listed = before.split(b"\0"), now.split(b"\0")
    if len(then) != len(listed):
        return None
    pairs = [(old, new) for old, new in zip(then, listed, strict=True) if old != new]
    if len(pairs) > _FEW:
        return None
    found = []
    for old, new in pairs:
        # `100644 <sha> 0\t<path>`: the mode, the stage and the path must be what they were
        old_head, _, name = old.partition(b"\t")
        new_head, _, new_name = new.partition(b"\t")
        old_parts, new_parts = old_head.split(b" "), new_head.split(b" ")
        path = os.fsdecode(name)
        plain = name == new_name and old_parts[::2] == new_parts[::2] and old[:3] == b"100"
        if not plain or old_parts[2] != b"0" or path in _CONFIGS or is_document(path):
            return None
        if language_of(path):
            found.append((path, old_parts[1].decode("ascii"), new_parts[1].decode("ascii")))
    return found


def _same(path: str, old: bytes, new: bytes) -> bool:
    said = _said(path, old)
    return said is not None and said == _said(path, new)


def _said(path: str, raw: bytes) -> tuple[Extract, list[tuple[int, int, str]]] | None:
    extract = read_source(language_of(path), path, raw)
    return None if extract is None else (extract, inline_ignores(raw))
