"""The text of one Python import statement as specs: `a.b` or `..a:name,name`.

`import a.b as x, c` is `a.b` and `c`; `from ..a import b as x, c` is `..a:b,c`.
"""

import re

from hexci.domain.boundaries.python.keywords import KEYWORDS

_NAME = r"[^\W\d]\w*"
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_ALIASED = rf"{_DOTTED}(?:\s+as\s+{_NAME})?"
_NAMES = rf"{_NAME}(?:\s+as\s+{_NAME})?(?:\s*,\s*{_NAME}(?:\s+as\s+{_NAME})?)*"
# `re` compiles these when the first statement needs them
_IMPORT = rf"import\s+({_ALIASED}(?:\s*,\s*{_ALIASED})*)\s*"
_FROM = (
    rf"from\s*((?:\.|\s)*)({_DOTTED})?\s*(?<!\w)import\s*"
    rf"(?:(\*)|\(\s*({_NAMES})\s*,?\s*\)|(?<=\s)({_NAMES}))\s*"
)
_COMMENT = re.compile(r"#[^\n]*")
_WORDS = re.compile(r"[.,:]")
_AS = re.compile(r"\s+as\s+.*", re.DOTALL)
# nine of ten statements: no alias, no comment, no odd spacing
_PLAIN = re.compile(
    rb"from (\.*[A-Za-z_][\w.]*|\.+) import (\w[\w, ]*|\(\s*\w[\w,\s]*\))|import ([A-Za-z_][\w.]*)"
)
_LONGEST = 65_536  # bytes of one statement; above that a parser shall look


# (specs, line ends in the text, how often it says "import")
Statement = tuple[tuple[str, ...] | None, int, int]
_MOST = 65_536


class Statements(dict[bytes, str]):
    """What the scan wants to know of statements; a tree says the same ones again and again.

    The spec of a statement of one line, one import and one word "import", as most are; of
    another the text is empty, and `more` tells.
    """

    def __init__(self) -> None:
        self._odd: dict[bytes, Statement] = {}

    def __missing__(self, text: bytes) -> str:
        if len(self) == _MOST:
            self.clear()
            self._odd.clear()
        specs, breaks, words = said = _told(text)
        if specs is not None and len(specs) == words == 1 and not breaks:
            spec = specs[0]
        else:
            spec = ""
            self._odd[text] = said
        self[text] = spec
        return spec

    def more(self, text: bytes) -> Statement:
        """All that is said in a statement that is not one of those."""
        return self._odd.get(text) or _told(text)


def _told(text: bytes) -> Statement:
    return specs_of(text), text.count(b"\n"), text.count(b"import")


def specs_of(text: bytes) -> tuple[str, ...] | None:
    """The specs of a statement, None when `text` is not exactly one import statement."""
    if len(text) > _LONGEST:
        return None
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return _carefully(text)
    if plain[3]:
        return (plain[3].decode(),)
    inside = plain[2].strip(b"()")
    if b" as " in text:
        return _with_aliases(plain[1].decode(), inside.decode()) or _carefully(text)
    names = b"".join(inside.split()).rstrip(b",")
    return (f"{plain[1].decode()}:{names.decode()}",) if names else None


def _with_aliases(module: str, names: str) -> tuple[str, ...] | None:
    """The spec of names of which some are called otherwise; None: not as plain as it looks."""
    parts = [part.split() for part in names.split(",")]
    if all(
        len(part) in {1, 3} and part[1:2] in ([], ["as"]) and part[-1].isidentifier()
        for part in parts
    ):
        return _checked([f"{module}:{','.join([part[0] for part in parts])}"])
    return None


def _carefully(text: bytes) -> tuple[str, ...] | None:
    """The same for aliases, comments, continued lines and letters beyond ASCII."""
    try:
        statement = text.decode()
    except UnicodeDecodeError:
        statement = text.decode("latin-1")
    if "#" in statement or "\\" in statement:
        statement = _COMMENT.sub("", statement).replace("\\\n", " ")
    if not statement.isascii():
        import unicodedata  # noqa: PLC0415 - a library of its own, for one name in a thousand files

        statement = unicodedata.normalize("NFKC", statement)
    if "\n" in statement.split("(", 1)[0]:
        return None
    statement = " ".join(statement.split())
    if statement.startswith("import"):
        matched = re.fullmatch(_IMPORT, statement)
        return _checked([_bare(part) for part in matched[1].split(",")]) if matched else None
    matched = re.fullmatch(_FROM, statement)
    if matched is None:
        return None
    module = "".join(matched[1].split()) + "".join((matched[2] or "").split())
    names = matched[3] or ",".join(_bare(n) for n in (matched[4] or matched[5]).split(","))
    return _checked([f"{module}:{names}"]) if module else None


def _bare(name: str) -> str:
    return "".join(_AS.sub("", name.strip()).split())


def _checked(specs: list[str]) -> tuple[str, ...] | None:
    words = {word for spec in specs for word in _WORDS.split(spec)}
    return None if words & KEYWORDS else tuple(specs)
