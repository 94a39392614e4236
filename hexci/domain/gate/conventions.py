"""What the base commit and the command say about where the evidence lies.

Configuration is read, never run: what only a program could tell (`jest.config.js`) stays unknown.
"""

import configparser
import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath

from hexci.domain.gate.scripts import named_paths
from hexci.domain.gate.shell import ShellError, split_line
from hexci.domain.gate.surface import Conventions, Role, role_of
from hexci.domain.globs import matches

Read = Callable[[str], bytes | None]

_INI = {"pytest.ini": "pytest", ".pytest.ini": "pytest", "tox.ini": "pytest",
        "setup.cfg": "tool:pytest"}  # fmt: skip
_CONFIGS = ("pyproject.toml", *_INI)
_CODE = (".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")
_EXTENDED = re.compile(r"[?+@!]\(|[{}\[\]]")  # patterns that only JavaScript's tools know
_OF_CODE = {"src", "lib", "app"}
# A folder that is named as one of tests may hold helpers too; with more it is code with tests.
_MOSTLY = 2 / 3


def conventions_of(
    command: str, files: Collection[str], read: Read, protect: tuple[str, ...] = ()
) -> Conventions:
    """The conventions of a base with `files`, whose contents `read` gives."""
    told = [*_pytest(read), *_javascript(read)]
    words = _words(command)
    globs = [g for g in (_relative(glob) for kind, glob in told if kind == "glob") if _narrow(g)]
    # a pattern of the command may be for a linter: only a name that is partly spelt out counts
    globs += [word for word in map(_relative, words) if "*" in word and _named(word)]
    places = [place for kind, place in told if kind == "place"] + words
    return Conventions(
        named=named_paths(command, files, read),
        testpaths=tuple(p for p in map(_relative, places) if _holds_tests(p, globs, files)),
        test_globs=tuple(dict.fromkeys(globs)),
        protect=protect,
        doctests=any(
            b"doctest" in text for text in (command.encode(), *(read(p) or b"" for p in _CONFIGS))
        ),
    )


def _words(command: str) -> list[str]:
    try:
        return [part.text for part in split_line(command) if not part.operator]
    except ShellError:
        return []


def _pytest(read: Read) -> Iterator[tuple[str, str]]:
    """(`place` or `glob`, value) of pytest's own configuration."""
    for options in (_of_pyproject(read), *(_of_ini(read, *named) for named in _INI.items())):
        for option, kind in (("testpaths", "place"), ("python_files", "glob")):
            value = options.get(option, ())
            found = value.split() if isinstance(value, str) else value
            if isinstance(found, list | tuple):
                yield from ((kind, str(each)) for each in found)


def _of_pyproject(read: Read) -> Mapping[str, object]:
    try:
        tool = tomllib.loads((read("pyproject.toml") or b"").decode()).get("tool", {})
        table = tool.get("pytest", {})
        options = {**table, **table.get("ini_options", {})}
    except (ValueError, AttributeError, TypeError):
        return {}
    return options


def _of_ini(read: Read, path: str, section: str) -> Mapping[str, object]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string((read(path) or b"").decode())
    except (configparser.Error, ValueError):
        return {}
    return dict(parser[section]) if parser.has_section(section) else {}


def _javascript(read: Read) -> Iterator[tuple[str, str]]:
    """What jest and mocha are told in files that hold data only."""
    manifest = _json(read("package.json"))
    jest, mocha = _table(manifest.get("jest")), _table(manifest.get("mocha"))
    for table, option in (
        (jest, "testMatch"), (_json(read("jest.config.json")), "testMatch"),
        (mocha, "spec"), (_json(read(".mocharc.json")), "spec"),
    ):  # fmt: skip
        value = table.get(option, ())
        found = [value] if isinstance(value, str) else value
        if isinstance(found, list | tuple):
            yield from (
                ("glob" if "*" in each else "place", each)
                for each in found
                if isinstance(each, str)
            )


def _json(content: bytes | None) -> Mapping[str, object]:
    try:
        return _table(json.loads(content or b"{}"))
    except ValueError:
        return {}


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _relative(place: str) -> str:
    for prefix in ("<rootDir>/", "./"):
        place = place.removeprefix(prefix)
    return place.rstrip("/")


def _narrow(glob: str) -> bool:
    """Whether `glob` names tests and not just any file: a name or a folder in it is spelt out."""
    folders = [p for p in PurePosixPath(glob).parts[:-1] if p.strip("*") and p not in _OF_CODE]
    return _readable(glob) and (_named(glob) or bool(folders))


def _named(glob: str) -> bool:
    stem, _, rest = PurePosixPath(glob).name.partition(".")
    return _readable(glob) and bool(stem.strip("*_") or "." in rest)


def _readable(glob: str) -> bool:
    return "." in glob and not glob.startswith("!") and not _EXTENDED.search(glob)


def _holds_tests(place: str, globs: list[str], files: Collection[str]) -> bool:
    """Whether `place` is a folder of base with little code in it that is no test."""
    if place in {"", "."} or place.startswith(("-", "/", "..")):
        return False
    plain = Conventions(test_globs=tuple(globs))
    code = [
        path
        for path in files
        if path.startswith(f"{place}/") and path.endswith(_CODE) and "__init__" not in path
    ]
    tests = [p for p in code if role_of(p, plain) is not Role.PRODUCTION or matches(p, globs)]
    return bool(code) and len(tests) >= _MOSTLY * len(code)
