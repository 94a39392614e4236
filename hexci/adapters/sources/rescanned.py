"""What an edit changed in what the scanner says of a file."""

from collections import Counter

from hexci.domain.boundaries.file_kinds import language_of
from hexci.domain.boundaries.kinds import RawImport
from hexci.domain.boundaries.languages import inline_ignores, read_source


def edited(
    path: str, old: bytes, new: bytes, *, may_move: bool
) -> tuple[list[str], list[str]] | None:
    """The specs of imports gone and come; None where more than imports changed.

    Unless they `may_move`, as where an answer does not name the file, all other imports stand
    where they stood. A language whose resolver reads more than paths is left to the whole run.
    """
    language = language_of(path)
    then, now = read_source(language, path, old), read_source(language, path, new)
    ignores = inline_ignores(old)
    if then is None or now is None or then[1:] != now[1:] or ignores != inline_ignores(new):
        return None
    was, said = Counter(then.imports), Counter(now.imports)
    lost, found = _specs(was - said), _specs(said - was)
    if lost & found and (not may_move or ignores):  # an ignore holds for the line that it is on
        return None
    gone, come = lost - found, found - lost
    # the mark of a package counts as a file of the tree only where it imports something
    if (gone or come) and (language != "python" or bool(then.imports) != bool(now.imports)):
        return None
    return [spec for spec, _ in gone.elements()], [spec for spec, _ in come.elements()]


def _specs(imports: Counter[RawImport]) -> Counter[tuple[str, int]]:
    return Counter([(spec, bits) for spec, _, _, bits in imports.elements()])
