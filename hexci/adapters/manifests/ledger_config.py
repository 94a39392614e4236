"""The `ledger` part of `.hexci/config.yaml`, read strictly and without loading pydantic.

`hexci adr check` runs in a pre-commit hook: its start-up may not pay for models it does not use.
"""

import re
from difflib import get_close_matches
from typing import TypeVar

from hexci.adapters.manifests.documents import Document
from hexci.adapters.manifests.yaml_nodes import read
from hexci.domain.canonical import Json
from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.ledger.policy import Epoch, LedgerPolicy
from hexci.errors import BadInputError

_HERE = ("spec", "ledger")
_KEYS = (
    *("folder", "ignore", "index", "adopted", "epochs", "ids", "breadth"),
    *("bulk_limit", "bulk_label", "quorum", "uncited"),
)
_FOLDER = re.compile(r"(?!\.)[\w.-]+(?:/(?!\.)[\w.-]+)*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
Path = tuple[str | int, ...]
Kind = TypeVar("Kind")


def parse_ledger(text: bytes, name: str = CONFIG_PATH) -> LedgerPolicy:
    """The ledger's policy in a config file. Raises BadInputError with every problem's place."""
    return ledger_part(read(text, name))


def ledger_part(document: Document) -> LedgerPolicy:
    """The ledger's policy in a config document. Raises BadInputError like `parse_ledger`."""
    data: Json = document.data
    for key in _HERE:
        data = data.get(key) if isinstance(data, dict) else None
    if data is None:
        return LedgerPolicy()
    section = _Section(document)
    policy = section.policy(data)
    if section.complaints:
        raise BadInputError("\n".join(section.complaints))
    return policy


class _Section:
    """Reads values one by one and remembers what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.complaints: list[str] = []

    def policy(self, data: Json) -> LedgerPolicy:
        if not isinstance(data, dict):
            self._say((), "a mapping belongs here")
            return LedgerPolicy()
        self._unknown_keys(data, (), _KEYS)
        default = LedgerPolicy()
        return LedgerPolicy(
            folder=self._matching(data, "folder", default.folder, _FOLDER),
            ignore=self._words(data, "ignore", default.ignore),
            index=self._matching(data, "index", default.index, re.compile(r"[\w-]+\.md")),
            adopted=self._matching(data, "adopted", "", re.compile(r"[0-9a-f]{40,64}")),
            epochs=self._epochs(data.get("epochs")),
            ids=self._matching(data, "ids", default.ids, re.compile("date|number")),
            breadth=self._number(data, "breadth", default.breadth, 1, 100),
            bulk_limit=self._number(data, "bulk_limit", default.bulk_limit, 1, 10_000),
            bulk_label=self._matching(data, "bulk_label", default.bulk_label, re.compile(r".+")),
            quorum=self._number(data, "quorum", 0, 0, 100),
            uncited=self._words(data, "uncited", ()),
        )

    def _epochs(self, data: Json) -> tuple[Epoch, ...]:
        if data is None:
            return ()
        if not isinstance(data, list):
            self._say(("epochs",), "a list of {name, since} belongs here")
            return ()
        epochs = [self._epoch(item, ("epochs", n)) for n, item in enumerate(data)]
        names, days = {e.name for e in epochs}, {e.since for e in epochs}
        if len(names) < len(epochs) or len(days) < len(epochs):
            self._say(("epochs",), "two epochs have one name or begin on one day")
        return tuple(epochs)

    def _epoch(self, item: Json, path: Path) -> Epoch:
        if not isinstance(item, dict):
            self._say(path, "a mapping with name and since belongs here")
            return Epoch(str(path), str(path))
        self._unknown_keys(item, path, ("name", "since", "capstone"))
        since = self._text(item, "since", "", path)
        if not _DATE.fullmatch(since):
            self._say((*path, "since"), "a date belongs here: YYYY-MM-DD")
        name = self._text(item, "name", "", path)
        if not name:
            self._say(path, "the name is missing")
        return Epoch(name, since, self._text(item, "capstone", "", path))

    def _unknown_keys(self, data: dict[str, Json], path: Path, known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                advice = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
                self._say((*path, key), f"unknown key; {advice}")

    def _matching(
        self, data: dict[str, Json], key: str, default: str, form: re.Pattern[str]
    ) -> str:
        text = self._text(data, key, default, ())
        if key in data and not form.fullmatch(text):
            self._say((key,), f"{text!r} is not of the form {form.pattern}")
        return text

    def _text(self, data: dict[str, Json], key: str, default: str, path: Path) -> str:
        return self._typed(data.get(key, default), str, "a text", (*path, key), default)

    def _number(self, data: dict[str, Json], key: str, default: int, low: int, high: int) -> int:
        value = self._typed(data.get(key, default), int, "a number", (key,), default)
        if isinstance(value, bool) or not low <= value <= high:
            self._say((key,), f"a number from {low} to {high} belongs here")
        return value

    def _words(self, data: dict[str, Json], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = data.get(key)
        if value is None:
            return default
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            self._say((key,), "a list of texts belongs here")
            return default
        return tuple(str(v) for v in value)

    def _typed(
        self, value: object, kind: type[Kind], called: str, path: Path, default: Kind
    ) -> Kind:
        if isinstance(value, kind):
            return value
        self._say(path, f"{called} belongs here")
        return default

    def _say(self, path: Path, message: str) -> None:
        dotted = ".".join(str(part) for part in (*_HERE, *path))
        self.complaints.append(f"{self._document.at((*_HERE, *path))}: {dotted}: {message}")
