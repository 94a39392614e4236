"""Manifest files as a shelf: read strictly, includes followed inside the jail, nothing executed."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from hexci.adapters.manifests.building import Builder, beside
from hexci.adapters.manifests.complaints import Strict, complaint
from hexci.adapters.manifests.documents import Document
from hexci.adapters.manifests.kinds import MODELS
from hexci.adapters.manifests.parts import UNKNOWN_CAP
from hexci.adapters.manifests.yaml_nodes import read_all
from hexci.domain.finding import Finding
from hexci.domain.manifests.faults import Fault, Origin, Path
from hexci.domain.manifests.rules import BY_ID
from hexci.domain.manifests.shelf import Manifest, Shelf
from hexci.errors import BadInputError

if TYPE_CHECKING:
    from hexci.adapters.manifests.system_kind import SystemModel

_MOST_FILES = 100
_LONGEST_TEXT = 65_536
# What cannot be seen, or turns text round, in a file that people judge by reading it.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e0fff]|(?<!^)\ufeff"
)
_PLACED = re.compile(r"(?P<file>.*?):(?P<line>\d+):(?P<col>\d+): (?P<said>.*)", re.DOTALL)
# The content of a file below the root, None where there is no regular file.
Reader = Callable[[str], bytes | None]
# Reads a document of another part of hexci; raises BadInputError with places.
Check = Callable[[bytes, str], object]


@dataclass(slots=True)
class Library:
    """What was read: the shelf, and what is wrong."""

    shelf: Shelf = field(default_factory=Shelf)
    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    documents: dict[Origin, Document] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)

    def finding(self, fault: Fault) -> Finding:
        """A fault at its line and column."""
        document = self.documents.get(fault.origin)
        line, column = document.place(fault.path) if document else (0, 0)
        return finding_at(fault.rule, fault.origin.file, line, column, fault.message, fault.fix)

    def all_findings(self, more: Sequence[Fault] = ()) -> list[Finding]:
        """Everything that is wrong, `more` included, each once."""
        found = [*self.findings, *(self.finding(fault) for fault in (*self.faults, *more))]
        return list(dict.fromkeys(found))


def finding_at(  # noqa: PLR0913, PLR0917 - the parts of a finding
    rule: str, file: str, line: int, column: int, message: str, fix: str = ""
) -> Finding:
    """A finding of a manifest rule."""
    page = BY_ID[rule]
    said = f"{page.name}: {message}"
    return Finding(rule, page.severity, file, line, column, said, page.why, fix or page.fix)


def load(roots: Mapping[str, bytes], read: Reader, others: Mapping[str, Check]) -> Library:
    """The manifests in `roots` (path → content) and in what they include.

    `read` gives included files by their path from the root; `others` judge documents of kinds
    that are not manifests of ours to build (`Boundaries`). Never raises for what is in a file.
    """
    library = Library(texts=dict(roots))
    files: dict[str, tuple[Manifest, ...]] = {}
    includes: dict[str, tuple[str, ...]] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop(0)
        if name in files:
            continue
        files[name], wanted = _file(name, library, others)
        includes[name] = tuple(
            target
            for origin, at, path in wanted
            if (target := _included(path, origin, at, library, read)) is not None
        )
        waiting += includes[name]
    library.shelf = Shelf(files, includes)
    return library


_Wanted = tuple[Origin, Path, str]


def _file(
    name: str, library: Library, others: Mapping[str, Check]
) -> tuple[tuple[Manifest, ...], list[_Wanted]]:
    text = library.texts[name]
    try:
        documents = read_all(text, name)
    except BadInputError as error:
        library.findings.append(_located(error, name))
        return (), []
    unseen = _UNSEEN.search(text.decode("utf-8"))
    if unseen is not None:
        before = text.decode("utf-8")[: unseen.start()]
        line, column = before.count("\n") + 1, unseen.start() - before.rfind("\n")
        said = f"the file holds U+{ord(unseen[0]):04X}, which cannot be seen"
        library.findings.append(finding_at("MAN001", name, line, column, said))
        return (), []
    manifests: list[Manifest] = []
    wanted: list[_Wanted] = []
    for number, document in enumerate(documents):
        origin = Origin(name, number)
        library.documents[origin] = document
        model = _validated(document, origin, library, others)
        if model is not None:
            kind = str(document.data["kind"]) if isinstance(document.data, dict) else ""
            manifest = Builder(origin, library.faults).built(kind, model)
            manifests += [manifest] if manifest is not None else []
            wanted += [(origin, at, path) for at, path in _wanted(kind, model)]
    return tuple(_named_once(manifests, library)), wanted


def _wanted(kind: str, model: Strict) -> list[tuple[Path, str]]:
    if kind == "System":
        system = cast("SystemModel", model)
        return [
            (("spec", "processes", name, "exec"), process.exec)
            for name, process in system.spec.processes.items()
        ]
    listed: tuple[str, ...] = getattr(model, "include", ())
    return [(("include", number), path) for number, path in enumerate(listed)]


def _validated(
    document: Document, origin: Origin, library: Library, others: Mapping[str, Check]
) -> Strict | None:
    data = document.data
    kind = data.get("kind") if isinstance(data, dict) else None
    if isinstance(kind, str) and kind in others:
        try:
            others[kind](library.texts[origin.file], origin.file)
        except BadInputError as error:
            _add_lines(error, origin.file, library)
        if kind not in MODELS:
            return None
    if not isinstance(kind, str) or kind not in MODELS:
        library.faults.append(_unknown_kind(kind, origin, (*MODELS, *others)))
        return None
    try:
        return MODELS[kind].model_validate_json(json.dumps(data))
    except ValidationError as error:
        _complain(error, MODELS[kind], document, origin, library)
        return None


def _unknown_kind(kind: object, origin: Origin, known: Sequence[str]) -> Fault:
    if not isinstance(kind, str):
        said = "the document does not say its kind"
    else:
        near = get_close_matches(kind, known, n=1)
        said = f"there is no kind {kind!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    listed = ", ".join(dict.fromkeys(known))
    return Fault("MAN002", origin, ("kind",) if kind else (), said, f"The kinds: {listed}.")


def _complain(
    error: ValidationError, model: type[Strict], document: Document, origin: Origin,
    library: Library,
) -> None:  # fmt: skip
    """One fault a place: what the branches of a union say is told together."""
    told: dict[Path, list[str]] = {}
    rules: dict[Path, str] = {}
    for item in error.errors():
        loc = tuple(item["loc"])
        path = _path_in(document, loc)
        said = complaint(loc, item["type"], item["msg"], model)
        if item["type"] == "missing":
            said = f"{loc[-1]} is missing"
        told.setdefault(path, []).append(said)
        rules[path] = "MAN004" if item["type"] == UNKNOWN_CAP else "MAN003"
    for path, said_there in told.items():
        if any(deeper[: len(path)] == path for deeper in told if deeper != path):
            continue  # another branch of the union: what is deeper says more
        dotted = ".".join(str(part) for part in path) or "the document"
        message = f"{dotted}: " + ", or ".join(dict.fromkeys(said_there))
        library.faults.append(Fault(rules[path], origin, path, message))


def _path_in(document: Document, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of a validator's location that is in the document, its own words left out."""
    path: tuple[str | int, ...] = ()
    for part in loc:
        if (*path, part) in document.places:
            path = (*path, part)
    return path


def _included(path: str, origin: Origin, at: Path, library: Library, read: Reader) -> str | None:
    target = beside(origin.file, path)
    said = ""
    if path.startswith("/") or "\\" in path or "\0" in path or ":" in path:
        said = f"{path!r} is no relative path with forward slashes"
    elif target.startswith("..") or ".git" in target.casefold().split("/"):
        said = f"{path!r} leads out of the repository"
    elif target in library.texts:
        return target
    elif len(library.texts) >= _MOST_FILES:
        said = f"more than {_MOST_FILES} files are included"
    else:
        text = read(target)
        if text is not None:
            library.texts[target] = text
            return target
        said = f"there is no file {target!r}"
    library.faults.append(Fault("MAN008", origin, at, said))
    return None


def _named_once(manifests: list[Manifest], library: Library) -> list[Manifest]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for manifest in manifests:
        kind = type(manifest).__name__
        if (kind, manifest.name) in seen:
            said = f"the file has two of kind {kind} named {manifest.name!r}"
            library.faults.append(Fault("MAN011", manifest.origin, ("metadata", "name"), said))
            continue
        seen.add((kind, manifest.name))
        kept.append(manifest)
    return kept


def _located(error: BadInputError, name: str) -> Finding:
    found = _PLACED.fullmatch(error.message)
    if found is None:
        return finding_at("MAN001", name, 0, 0, error.message, error.hint)
    return finding_at("MAN001", name, int(found["line"]), int(found["col"]), found["said"],
                      error.hint)  # fmt: skip


def _add_lines(error: BadInputError, name: str, library: Library) -> None:
    for line in error.message.splitlines():
        found = _PLACED.fullmatch(line)
        place = (int(found["line"]), int(found["col"])) if found else (0, 0)
        said = found["said"] if found else line
        library.findings.append(finding_at("MAN003", name, *place, said))
