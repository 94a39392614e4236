"""What a repository asks of its boundaries: `.hexci/boundaries.yaml` as domain values."""

from collections.abc import Mapping
from types import MappingProxyType

from hexci.domain.finding import Severity
from hexci.domain.named_tuple import NamedTuple

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from typing import Any

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


class Rule:
    """What every kind of rule has; nobody changes one.

    `type_only`, `lazy` (inside a function) and `tests` say whether such imports count;
    `transitive` whether a chain of imports through other modules counts as well.
    """

    # as dataclasses these seven take as long to import as a hook takes for all else it loads
    __slots__ = (
        "fix", "id", "lazy", "name", "place", "severity", "tests", "transitive", "type_only", "why",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913
        self,
        *,
        id: str,  # noqa: A002
        name: str,
        place: Place = _TOP,
        severity: Severity = Severity.ERROR,
        type_only: bool = True,
        lazy: bool = True,
        tests: bool = False,
        transitive: bool = False,
        why: str = "",
        fix: str = "",
    ) -> None:
        self.id, self.name, self.place, self.severity = id, name, place, severity
        self.type_only, self.lazy, self.tests = type_only, lazy, tests
        self.transitive, self.why, self.fix = transitive, why, fix


class Matrix(Rule):
    """Groups and who may import whom: layers, onion and hexagonal all become this.

    `allowed` holds pairs of group numbers. A group may always import itself, except those in
    `apart`: there each match of a pattern stands alone (adapters of each other).
    """

    __slots__ = ("advice", "allowed", "apart", "containers", "exhaustive", "groups")

    def __init__(  # noqa: PLR0913
        self,
        *,
        groups: tuple[Group, ...],
        allowed: frozenset[tuple[int, int]],
        apart: frozenset[int] = frozenset(),
        containers: tuple[str, ...] = (),
        exhaustive: bool = False,
        advice: tuple[tuple[int, int, str], ...] = (),
        **common: "Any",
    ) -> None:
        super().__init__(**common)
        self.groups, self.allowed, self.apart = groups, allowed, apart
        self.containers, self.exhaustive, self.advice = containers, exhaustive, advice


class Forbidden(Rule):
    """`sources` may not import `targets`."""

    __slots__ = ("sources", "targets")

    def __init__(self, *, sources: Group, targets: Group, **common: "Any") -> None:
        super().__init__(**common)
        self.sources, self.targets = sources, targets


class Acyclic(Rule):
    """No cycle among the modules of `within`; with `by` = "package", among its packages."""

    __slots__ = ("by", "within")

    def __init__(self, *, within: Group, by: str = "module", **common: "Any") -> None:
        super().__init__(**common)
        self.within, self.by = within, by


class Interface(Rule):
    """From outside `package`, only `exposed` may be imported."""

    __slots__ = ("exposed", "package")

    def __init__(self, *, package: Group, exposed: Group, **common: "Any") -> None:
        super().__init__(**common)
        self.package, self.exposed = package, exposed


class Protected(Rule):
    """Only `allowed` (and the modules themselves) may import `modules`."""

    __slots__ = ("allowed", "modules")

    def __init__(self, *, modules: Group, allowed: Group, **common: "Any") -> None:
        super().__init__(**common)
        self.modules, self.allowed = modules, allowed


class External(Rule):
    """`sources` may import only the packages `allow` (None: any) and none of `deny`."""

    __slots__ = ("allow", "deny", "sources")

    def __init__(
        self,
        *,
        sources: Group,
        allow: tuple[str, ...] | None,
        deny: tuple[str, ...] = (),
        **common: "Any",
    ) -> None:
        super().__init__(**common)
        self.sources, self.allow, self.deny = sources, allow, deny


class Ignore(NamedTuple):
    """An exception that is written in the config, with a reason."""

    rule: str
    source: str
    target: str
    reason: str
    until: str = ""
    place: Place = Place()


class Settings(NamedTuple):
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
    severities: Mapping[str, Severity] = MappingProxyType({})
    path: str = ""
