"""Real bugs: a release with the bug, and the tests of the next release that show it.

Nothing of these packages is kept here: both releases are fetched from the package index when
they are wanted, as source distributions, and judged by their own authors' tests. Where a release
fixes much at once, the bug is the newer release with one of its changes taken back.
"""

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hexci.adapters.repairbench.isolating import without_change
from hexci.errors import HexciError

_SECONDS = 300
_LOOKED_AT = frozenset(
    ["xmltodict", "parse", "sqlparse", "tabulate", "inflection", "simpleeval 1.0.5 → 1.0.6",
     "jsonpointer 3.5 → 3.6", "jsonpointer 3.10 → 3.11", "schema 0.6.5 → 0.6.6",
     # read after they had been measured as held
     "voluptuous 0.15.1 → 0.15.2 voluptuous/schema_builder.py#1",
     "pathspec 0.12.0 → 0.12.1 pathspec/pathspec.py#0",
     "pyflakes 3.2.0 → 3.3.0 pyflakes/checker.py#7"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedBug:
    """`tests` are the paths taken over from the `fixed` release, `evidence` the command.

    With `taken_back`, a file and the number of one of its changes (from 0), the bug is the
    `fixed` release without that change; `tests` are empty then.
    """

    package: str
    broken: str
    fixed: str
    tests: tuple[str, ...]
    evidence: str
    taken_back: tuple[str, int] | None = None

    @property
    def name(self) -> str:
        """`package broken → fixed`, with the file and the number of the change if it is one."""
        change = " {}#{}".format(*self.taken_back) if self.taken_back else ""
        return f"{self.package} {self.broken} → {self.fixed}{change}"

    @property
    def half(self) -> str:
        """`seen`: the engine may be changed while looking at it. Otherwise `held`.

        Chance chose, but for what had been looked at before there were halves.
        """
        if self.package in _LOOKED_AT or self.name in _LOOKED_AT:
            return "seen"
        return "held" if sha256(self.name.encode()).digest()[0] % 2 else "seen"


_ALL = "python -m pytest -q tests"
_BARE = "python -m pytest -q -o addopts= tests"  # their options ask for plug-ins
_SINGLE = "python -m pytest -q tests.py"
_BELOW_SRC = "PYTHONPATH=src python -m pytest -q -o addopts= tests"
_VOLUPTUOUS = "python -m pytest -q -o addopts= voluptuous/tests"
_PYFLAKES = "python -m pytest -q -o addopts= pyflakes/test"
PUBLISHED = (
    PublishedBug("xmltodict", "0.14.1", "0.14.2", ("tests",), _ALL),
    PublishedBug("parse", "1.21.0", "1.21.1", ("tests",), _BARE),
    PublishedBug(
        "tabulate", "0.8.8", "0.8.9", ("test",), "python -m pytest -q test/test_regression.py"
    ),
    PublishedBug("parse", "1.22.2", "1.22.3", ("tests",), _BARE),
    PublishedBug("parse", "1.22.1", "1.22.2", ("tests",), _BARE),
    PublishedBug("parse", "1.22.0", "1.22.1", ("tests",), _BARE),
    PublishedBug("parse", "1.20.2", "1.21.0", ("tests",), _BARE),
    PublishedBug("parse", "1.20.1", "1.20.2", ("tests",), _BARE),
    PublishedBug("parse", "1.20.0", "1.20.1", ("tests",), _BARE),
    PublishedBug(
        "parse", "1.17.0", "1.18.0", ("test_parse.py",), "python -m pytest -q test_parse.py"
    ),
    PublishedBug("xmltodict", "1.0.2", "1.0.3", ("tests",), _ALL),
    PublishedBug("xmltodict", "1.0.1", "1.0.2", ("tests",), _ALL),
    PublishedBug("xmltodict", "0.14.2", "0.15.0", ("tests",), _ALL),
    PublishedBug("xmltodict", "0.11.0", "0.12.0", ("tests",), _ALL),
    PublishedBug(
        "inflection", "0.3.0", "0.3.1", ("test_inflection.py",),
        "python -m pytest -q test_inflection.py",
    ),
    PublishedBug(
        "inflection", "0.3.1", "0.4.0", ("test_inflection.py",),
        "python -m pytest -q test_inflection.py",
    ),
    PublishedBug("jsonpointer", "3.11", "3.12", ("tests.py",), _SINGLE),
    PublishedBug("jsonpointer", "3.10", "3.11", ("tests.py",), _SINGLE),
    PublishedBug("jsonpointer", "3.9", "3.10", ("tests.py",), _SINGLE),
    PublishedBug("jsonpointer", "3.8", "3.9", ("tests.py",), _SINGLE),
    PublishedBug("jsonpointer", "3.6", "3.7", ("tests.py",), _SINGLE),
    PublishedBug("jsonpointer", "3.5", "3.6", ("tests.py",), _SINGLE),
    PublishedBug("semver", "3.0.2", "3.0.4", ("tests",), _BELOW_SRC),
    PublishedBug("semver", "3.0.1", "3.0.2", ("tests",), _BELOW_SRC),
    PublishedBug(
        "semver", "2.12.0", "2.13.0", ("test_semver.py",),
        "python -m pytest -q -o addopts= test_semver.py",
    ),
    PublishedBug(
        "simpleeval", "1.0.5", "1.0.6", ("test_simpleeval.py",),
        "python -m pytest -q test_simpleeval.py",
    ),
    PublishedBug("simpleeval", "1.0.7", "1.0.8", ("tests",), _BARE),
    PublishedBug(
        "schema", "0.6.5", "0.6.6", ("test_schema.py",), "python -m pytest -q test_schema.py"
    ),
    PublishedBug(
        "sqlparse", "0.5.4", "0.5.5", (), _BARE, ("sqlparse/engine/statement_splitter.py", 0)
    ),
    PublishedBug(
        "sqlparse", "0.5.4", "0.5.5", (), _BARE, ("sqlparse/engine/statement_splitter.py", 1)
    ),
    PublishedBug(
        "pyflakes", "3.3.2", "3.4.0", (), _PYFLAKES, ("pyflakes/checker.py", 0)
    ),
    PublishedBug(
        "voluptuous", "0.15.0", "0.15.1", (), _VOLUPTUOUS, ("voluptuous/schema_builder.py", 3)
    ),
    PublishedBug(
        "pathspec", "0.11.0", "0.11.1", (), _BARE, ("pathspec/gitignore.py", 0)
    ),
    PublishedBug(
        "pyflakes", "3.3.0", "3.3.1", (), _PYFLAKES, ("pyflakes/checker.py", 0)
    ),
    PublishedBug(
        "voluptuous", "0.15.1", "0.15.2", (), _VOLUPTUOUS, ("voluptuous/schema_builder.py", 1)
    ),
    PublishedBug(
        "mistune", "3.1.3", "3.1.4", (), _BELOW_SRC, ("src/mistune/block_parser.py", 1)
    ),
    PublishedBug(
        "pyflakes", "3.2.0", "3.3.0", (), _PYFLAKES, ("pyflakes/checker.py", 1)
    ),
    PublishedBug(
        "pyflakes", "3.2.0", "3.3.0", (), _PYFLAKES, ("pyflakes/checker.py", 6)
    ),
    PublishedBug(
        "pyflakes", "3.2.0", "3.3.0", (), _PYFLAKES, ("pyflakes/checker.py", 7)
    ),
    PublishedBug(
        "validators", "0.28.1", "0.28.3", (), _BELOW_SRC, ("src/validators/ip_address.py", 0)
    ),
    PublishedBug(
        "validators", "0.28.1", "0.28.3", (), _BELOW_SRC, ("src/validators/ip_address.py", 1)
    ),
    PublishedBug(
        "validators", "0.28.1", "0.28.3", (), _BELOW_SRC, ("src/validators/url.py", 0)
    ),
    PublishedBug(
        "pathspec", "0.12.0", "0.12.1", (), _BARE, ("pathspec/pathspec.py", 0)
    ),
    PublishedBug(
        "mistune", "3.1.0", "3.1.1", (), _BELOW_SRC, ("src/mistune/plugins/ruby.py", 0)
    ),
    PublishedBug(
        "mistune", "3.3.0", "3.3.1", (), _BELOW_SRC, ("src/mistune/directives/include.py", 0)
    ),
    PublishedBug(
        "mistune", "3.3.0", "3.3.1", (), _BELOW_SRC, ("src/mistune/plugins/abbr.py", 5)
    ),
)  # fmt: skip


def unpack_bug(bug: PublishedBug, into: Path, cache: Path) -> Path:
    """The broken release with the fixed release's tests, in a folder below `into`.

    `cache` keeps what was fetched. Raises HexciError when the index cannot give it.
    """
    project = into / f"{bug.package}-{bug.broken}"
    older = _release(bug.package, bug.broken, cache)
    newer = _release(bug.package, bug.fixed, cache)
    shutil.copytree(newer if bug.taken_back else older, project)
    if bug.taken_back:
        path, number = bug.taken_back
        before, after = (folder.joinpath(path).read_bytes().decode() for folder in (older, newer))
        (project / path).write_bytes(without_change(before, after, number).encode())
    for path in bug.tests:
        source, target = newer / path, project / path
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    return project


def unpack_release(bug: PublishedBug, cache: Path) -> Path:
    """The fixed release, whole, in a folder of `cache` that is not to be changed."""
    return _release(bug.package, bug.fixed, cache)


def _release(package: str, version: str, cache: Path) -> Path:
    unpacked = cache / f"{package}-{version}"
    if unpacked.is_dir():
        return unpacked
    folder = cache / f"{package}-{version}.sdist"
    _fetch(package, version, folder)
    archive = next(iter(sorted(folder.iterdir())))
    raw = cache / f"{package}-{version}.raw"
    with tarfile.open(archive) as content:
        # Python 3.11.4 and newer; before, what a registry hands out is believed
        content.extraction_filter = getattr(tarfile, "data_filter", None) or (
            lambda member, _: member
        )
        content.extractall(raw)  # noqa: S202 - filtered above
    next(iter(raw.iterdir())).rename(unpacked)
    return unpacked


def _fetch(package: str, version: str, folder: Path) -> None:
    options: Sequence[str] = ("--no-deps", "--no-binary", ":all:", "--quiet", "-d", str(folder))
    command = [sys.executable, "-m", "pip", "download", *options, f"{package}=={version}"]
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HexciError(
            f"{package} {version} cannot be fetched: {said[-1] if said else 'no reason given'}",
            "Check the network and pip's index settings.",
        )
