"""Whether the scanner finds the same in two texts of a file, as far as an answer tells of it."""

from hexci.domain.boundaries.file_kinds import language_of
from hexci.domain.boundaries.languages import inline_ignores, read_source


def says_the_same(path: str, old: bytes, new: bytes, text: str) -> bool:
    """Whether the answer `text` holds for the new text of a file as it did for the old one.

    Where `text` does not name the file, its imports may have moved to other lines.
    """
    said = _said(path, old, lines=_is_named(path, text))
    return said is not None and said == _said(path, new, lines=_is_named(path, text))


def _is_named(path: str, text: str) -> bool:
    """Whether `text` names `path`; of a path that a format may write otherwise, to be safe, yes."""
    bare = path.replace("/", "").replace(".", "").replace("_", "").replace("-", "")
    return not (bare.isascii() and bare.isalnum()) or path in text


def _said(path: str, raw: bytes, *, lines: bool) -> object:
    extract = read_source(language_of(path), path, raw)
    if extract is None:
        return None
    ignores = inline_ignores(raw)
    if lines or ignores:  # an ignore holds for the line that it is on
        return extract, ignores
    return [(spec, bits) for spec, _, _, bits in extract.imports], extract[1:]
