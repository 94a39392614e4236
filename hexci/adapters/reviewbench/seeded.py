"""Seeded projects as text files: a clean project, and changes that each put one defect in.

A file has parts `=== file PATH` and `=== bug NAME`. A bug has lines `key: value`, then sections:
pairs of `--- old` and `--- new` (text in the file `in`), `--- shows` (a program that fails on the
bug alone) and, where the bug came with a refactoring, `--- before` (what stood there at first).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from hexci.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Bug:
    """One defect. `files` is the whole project with it; `lines` those of `path` it touches.

    `before` is the project before the refactoring that brought it; empty for other defects.
    """

    project: str
    name: str
    about: str
    kind: str
    path: str
    files: Mapping[str, str]
    lines: frozenset[int]
    shows: str
    before: Mapping[str, str]

    @property
    def id(self) -> str:
        """`project/name`."""
        return f"{self.project}/{self.name}"


@dataclass(frozen=True, slots=True)
class Project:
    """A project without defects, and its defective twins."""

    name: str
    files: Mapping[str, str]
    bugs: tuple[Bug, ...]


def seeded_projects() -> tuple[Project, ...]:
    """All projects that come with hexci, by name."""
    folder = resources.files("hexci.adapters.reviewbench").joinpath("projects")
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        parse_project(file.name.removesuffix(".seeded"), file.read_text("utf-8"))
        for file in found
        if file.name.endswith(".seeded")
    )


def parse_project(name: str, text: str) -> Project:
    """A project of its text. Raises BadInputError when a bug does not fit the files."""
    parts = [part.partition("\n") for part in f"\n{text}".split("\n=== ")[1:]]
    files = {
        head.removeprefix("file "): body.rstrip("\n") + "\n"
        for head, _, body in parts
        if head.startswith("file ")
    }
    bugs = [
        _bug(name, head.removeprefix("bug "), body, files)
        for head, _, body in parts
        if head.startswith("bug ")
    ]
    return Project(name, files, tuple(bugs))


def _bug(project: str, name: str, body: str, files: Mapping[str, str]) -> Bug:
    head, *sections = f"\n{body}".split("\n--- ")
    said = dict(line.split(": ", 1) for line in head.strip().splitlines())
    titled = [(title, text) for title, _, text in (s.partition("\n") for s in sections)]
    old, new = ([text for title, text in titled if title == wanted] for wanted in ("old", "new"))
    path = said["in"]
    clean = files[path]
    bad = _replaced(clean, old, new, f"{project}/{name}")
    before = [text for title, text in titled if title == "before"]
    return Bug(
        project,
        name,
        said["about"],
        said["class"],
        path,
        {**files, path: bad},
        _touched(bad, new),
        next(text for title, text in titled if title == "shows"),
        {**files, path: _replaced(clean, old, before, name)} if before else {},
    )


def _replaced(text: str, old: list[str], new: list[str], whose: str) -> str:
    for was, now in zip(old, new, strict=True):
        if text.count(was) != 1:
            raise BadInputError(f"bug {whose}: {was!r} occurs {text.count(was)} times")
        text = text.replace(was, now)
    return text


def _touched(text: str, new: list[str]) -> frozenset[int]:
    found: set[int] = set()
    for piece in new:
        first = text[: text.index(piece)].count("\n") + 1
        found |= set(range(first, first + piece.count("\n") + 1))
    return frozenset(found)
