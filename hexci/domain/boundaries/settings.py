"""What a repository asks of its boundaries: `.hexci/boundaries.yaml` as domain values."""

from dataclasses import dataclass, field
from typing import NamedTuple

from hexci.domain.finding import Severity

BOUNDARIES_PATH = ".hexci/boundaries.yaml"
PYPROJECT = "pyproject.toml"
BASELINE_PATH = ".hexci/boundaries.baseline"
DEFAULT_TESTS = (
    "**/tests/**", "**/test/**", "**/__tests__/**", "**/test_*.py", "**/*_test.py",
    "**/conftest.py", "**/*.test.*", "**/*.spec.*", "**/*_test.go", "**/benches/**",
    "**/examples/**", "**/src/test/**", "**/*Test.java", "**/*Tests.cs", "**/*Test.kt",
)  # fmt: skip
DEFAULT_EXCLUDES = (
    "**/node_modules/**", "**/vendor/**", "**/_vendor/**", "**/third_party/**", "**/testdata/**",
    "**/.venv/**", "**/venv/**", "**/site-packages/**", "**/*_pb2.py", "**/*_pb2_grpc.py",
    "**/*.min.js", "**/*.bundle.js", "**/dist/**",
)  # fmt: skip


class Place(NamedTuple):
    """Where something stands in the config file, from 1."""

    path: str = BOUNDARIES_PATH
    line: int = 1
    col: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col}"


class Group(NamedTuple):
    """A named part of the tree: `patterns` select its modules (see `selectors`)."""

    name: str
    patterns: tuple[str, ...]
    place: Place = Place()


_TOP = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every kind of rule has.

    `type_only`, `lazy` (inside a function) and `tests` say whether such imports count;
    `transitive` whether a chain of imports through other modules counts as well.
    """

    id: str
    name: str
    place: Place = _TOP
    severity: Severity = Severity.ERROR
    type_only: bool = True
    lazy: bool = True
    tests: bool = False
    transitive: bool = False
    why: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Rule):
    """Groups and who may import whom: layers, onion and hexagonal all become this.

    `allowed` holds pairs of group numbers. A group may always import itself, except those in
    `apart`: there each match of a pattern stands alone (adapters of each other).
    """

    groups: tuple[Group, ...]
    allowed: frozenset[tuple[int, int]]
    apart: frozenset[int] = frozenset()
    containers: tuple[str, ...] = ()
    exhaustive: bool = False
    advice: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden(Rule):
    """`sources` may not import `targets`."""

    sources: Group
    targets: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Acyclic(Rule):
    """No cycle among the modules of `within`; with `by` = "package", among its packages."""

    within: Group
    by: str = "module"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface(Rule):
    """From outside `package`, only `exposed` may be imported."""

    package: Group
    exposed: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected(Rule):
    """Only `allowed` (and the modules themselves) may import `modules`."""

    modules: Group
    allowed: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class External(Rule):
    """`sources` may import only the packages `allow` (None: any) and none of `deny`."""

    sources: Group
    allow: tuple[str, ...] | None
    deny: tuple[str, ...] = ()


class Ignore(NamedTuple):
    """An exception that is written in the config, with a reason."""

    rule: str
    source: str
    target: str
    reason: str
    until: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole config.

    `coverage` is the least share for a grade; in files of `strings` a string may name a module.
    """

    rules: tuple[Rule, ...] = ()
    roots: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    tests: tuple[str, ...] = DEFAULT_TESTS
    strings: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    coverage: float = 0.9
    severities: dict[str, Severity] = field(default_factory=dict)
    path: str = ""
