"""Plain values of a config, read strictly: every problem is kept with its place."""

from collections.abc import Sequence

from hexci.adapters.manifests.documents import Document
from hexci.domain.boundaries.settings import Place
from hexci.domain.finding import Severity
from hexci.domain.json_values import Json
from hexci.errors import BadInputError

Path = tuple[str | int, ...]


class Values:
    """Takes values out of plain data and collects what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._complaints: list[str] = []

    @property
    def name(self) -> str:
        """What the document is called in messages."""
        return self._document.name

    @property
    def complained(self) -> int:
        """How often so far."""
        return len(self._complaints)

    def complain(self, path: Path, text: str) -> None:
        """Keeps a problem with the place of what is at `path`."""
        self._complaints.append(f"{self._document.at(path)}: {text}")

    def finish(self) -> None:
        """Raises BadInputError when there was anything to complain about."""
        if self._complaints:
            raise BadInputError("\n".join(self._complaints))

    # -- plain values -------------------------------------------------------------------------

    def mapping(self, path: Path, value: Json, keys: Sequence[str]) -> dict[str, Json]:
        """A mapping with known keys only."""
        if not isinstance(value, dict):
            self.complain(path, f"{dotted(path)}: a mapping is wanted here")
            return {}
        for key in value:
            if key not in keys:
                said = suggestion(key, keys)
                self.complain((*path, key), f"{dotted((*path, key))}: unknown key; {said}")
        return {key: item for key, item in value.items() if key in keys}

    def strings(self, path: Path, value: Json) -> tuple[str, ...]:
        """One string or a list of strings."""
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self.complain(path, f"{dotted(path)}: a string or a list of strings is wanted here")
            return ()
        found = []
        for number, item in enumerate(value):
            if isinstance(item, str) and item:
                found.append(item)
            else:
                self.complain((*path, number), f"{dotted(path)}: a string is wanted here")
        return tuple(found)

    def flag(self, path: Path, table: dict[str, Json], key: str, *, default: bool) -> bool:
        """True or false under `key`."""
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.complain((*path, key), f"{dotted((*path, key))}: true or false is wanted here")
            return default
        return value

    def text(self, path: Path, table: dict[str, Json], key: str) -> str:
        """The text under `key`, empty where there is none."""
        value = table.get(key, "")
        if not isinstance(value, str):
            self.complain((*path, key), f"{dotted((*path, key))}: a text is wanted here")
            return ""
        return value

    def place(self, path: Path) -> Place:
        """Where what is at `path` stands."""
        name, line, column = self._document.at(path).rsplit(":", 2)
        return Place(name, int(line), int(column))

    def severity(self, path: Path, value: Json) -> Severity:
        """One of the severities."""
        if value not in tuple(Severity):
            names = ", ".join(Severity)
            self.complain(path, f"{dotted(path)}: one of {names} is wanted here")
            return Severity.ERROR
        return Severity(str(value))


def dotted(path: Path) -> str:
    """A path into the document, for people."""
    return ".".join(str(part) for part in path) or "the document"


def suggestion(key: str, known: Sequence[str]) -> str:
    """What a wrong key may have been meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a config that is wrong

    near = get_close_matches(key, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
