"""`.hexci/boundaries.yaml` (kind `Boundaries`) and `[tool.hexci.boundaries]`, read strictly.

By hand and not by pydantic: a cold run over a thousand files takes 60 ms, and importing pydantic
alone would take 40 of them. Every problem is told at once, with `file:line:col`.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from hexci.adapters.manifests.yaml_nodes import Document, read
from hexci.domain.boundaries.rule_table import BY_ID, rule_id
from hexci.domain.boundaries.settings import (
    BOUNDARIES_PATH,
    DEFAULT_EXCLUDES,
    DEFAULT_TESTS,
    PYPROJECT,
    Acyclic,
    External,
    Forbidden,
    Group,
    Ignore,
    Interface,
    Matrix,
    Place,
    Protected,
    Rule,
    Settings,
)
from hexci.domain.canonical import Json
from hexci.domain.finding import Severity
from hexci.errors import BadInputError

Path = tuple[str | int, ...]
_SPEC_KEYS = (
    "roots", "include", "exclude", "default-excludes", "tests", "coverage", "groups", "rules",
    "ignores", "severity",
)  # fmt: skip
_COMMON_KEYS = ("type", "name", "severity", "type-only", "tests", "transitive", "why", "fix")
_TABLE = ("tool", "hexci", "boundaries")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_EVERYTHING = ("**",)


def parse_boundaries(text: bytes, name: str = BOUNDARIES_PATH) -> Settings:
    """The settings in a YAML file. Raises BadInputError listing every problem with its place."""
    document = read(text, name)
    reader = _Reader(document)
    top = reader.mapping((), document.data, ("kind", "metadata", "spec"))
    if top.get("kind") != "Boundaries":
        reader.complain(("kind",) if "kind" in top else (), "kind must be 'Boundaries'")
    settings = reader.settings(("spec",), top.get("spec", {}))
    reader.finish()
    return settings


def parse_pyproject(text: bytes, name: str = PYPROJECT) -> Settings | None:
    """The settings in `[tool.hexci.boundaries]`, None where there is no such table."""
    if b"tool.hexci" not in text:
        return None
    from hexci.adapters.manifests.toml_nodes import read_toml  # noqa: PLC0415 - seldom used

    document = read_toml(text, name)
    data = document.data
    for key in _TABLE:
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]
    reader = _Reader(document)
    settings = reader.settings(_TABLE, data)
    reader.finish()
    return settings


class _Reader:
    """Turns plain data into settings and collects what is wrong with it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._complaints: list[str] = []
        self._groups: dict[str, tuple[str, ...]] = {}
        self._referred: set[str] = set()

    def complain(self, path: Path, text: str) -> None:
        self._complaints.append(f"{self._document.at(path)}: {text}")

    def finish(self) -> None:
        """Raises BadInputError when there was anything to complain about."""
        if self._complaints:
            raise BadInputError("\n".join(self._complaints))

    # -- plain values -------------------------------------------------------------------------

    def mapping(self, path: Path, value: Json, keys: Sequence[str]) -> dict[str, Json]:
        """A mapping with known keys only."""
        if not isinstance(value, dict):
            self.complain(path, f"{_dotted(path)}: a mapping is wanted here")
            return {}
        for key in value:
            if key not in keys:
                said = _suggestion(key, keys)
                self.complain((*path, key), f"{_dotted((*path, key))}: unknown key; {said}")
        return {key: item for key, item in value.items() if key in keys}

    def strings(self, path: Path, value: Json) -> tuple[str, ...]:
        """One string or a list of strings."""
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self.complain(path, f"{_dotted(path)}: a string or a list of strings is wanted here")
            return ()
        found = []
        for number, item in enumerate(value):
            if isinstance(item, str) and item:
                found.append(item)
            else:
                self.complain((*path, number), f"{_dotted(path)}: a string is wanted here")
        return tuple(found)

    def flag(self, path: Path, table: dict[str, Json], key: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.complain((*path, key), f"{_dotted((*path, key))}: true or false is wanted here")
            return default
        return value

    def text(self, path: Path, table: dict[str, Json], key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self.complain((*path, key), f"{_dotted((*path, key))}: a text is wanted here")
            return ""
        return value

    def place(self, path: Path) -> Place:
        name, line, column = self._document.at(path).rsplit(":", 2)
        return Place(name, int(line), int(column))

    # -- the whole ----------------------------------------------------------------------------

    def settings(self, path: Path, value: Json) -> Settings:
        table = self.mapping(path, value, _SPEC_KEYS)
        self._read_groups((*path, "groups"), table.get("groups", {}))
        excludes = self.strings((*path, "exclude"), table.get("exclude", []))
        if self.flag(path, table, "default-excludes", default=True):
            excludes = (*DEFAULT_EXCLUDES, *excludes)
        rules = self._rules((*path, "rules"), table.get("rules", []))
        for name in self._groups.keys() - self._referred:
            self.complain((*path, "groups", name), f"groups.{name}: no rule uses this group")
        tests = table.get("tests")
        return Settings(
            rules=rules,
            roots=self.strings((*path, "roots"), table.get("roots", [])),
            include=self.strings((*path, "include"), table.get("include", [])),
            exclude=excludes,
            tests=DEFAULT_TESTS if tests is None else self.strings((*path, "tests"), tests),
            ignores=self._ignores((*path, "ignores"), table.get("ignores", [])),
            coverage=self._share((*path, "coverage"), table.get("coverage", 0.9)),
            severities=self._severities((*path, "severity"), table.get("severity", {})),
            path=self._document.name,
        )

    def _read_groups(self, path: Path, value: Json) -> None:
        if not isinstance(value, dict):
            self.complain(path, "groups: a mapping from names to patterns is wanted here")
            return
        for name, patterns in value.items():
            self._groups[name] = self.strings((*path, name), patterns)

    def _share(self, path: Path, value: Json) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self.complain(path, "coverage: a number from 0 to 1 is wanted here")
            return 0.9
        return float(value)

    def _severities(self, path: Path, value: Json) -> dict[str, Severity]:
        table = self.mapping(path, value, tuple(BY_ID))
        return {key: self._severity((*path, key), item) for key, item in table.items()}

    def _severity(self, path: Path, value: Json) -> Severity:
        if value not in tuple(Severity):
            names = ", ".join(Severity)
            self.complain(path, f"{_dotted(path)}: one of {names} is wanted here")
            return Severity.ERROR
        return Severity(str(value))

    def _ignores(self, path: Path, value: Json) -> tuple[Ignore, ...]:
        if not isinstance(value, list):
            self.complain(path, "ignores: a list is wanted here")
            return ()
        return tuple(self._ignore((*path, n), item) for n, item in enumerate(value))

    def _ignore(self, path: Path, value: Json) -> Ignore:
        table = self.mapping(path, value, ("rule", "from", "to", "reason", "until"))
        said = {key: self.text(path, table, key) for key in table}
        for key in ("rule", "from", "to", "reason"):
            if not said.get(key):
                self.complain(path, f"{_dotted(path)}: {key} is missing")
        until = said.get("until", "")
        if until and not _DATE.fullmatch(until):
            self.complain((*path, "until"), "until: a date as 2027-01-31 is wanted here")
        return Ignore(
            said.get("rule", ""), said.get("from", ""), said.get("to", ""),
            said.get("reason", ""), until, self.place(path),
        )  # fmt: skip

    # -- rules --------------------------------------------------------------------------------

    def _rules(self, path: Path, value: Json) -> tuple[Rule, ...]:
        if not isinstance(value, list):
            self.complain(path, "rules: a list is wanted here")
            return ()
        found = [self._rule((*path, n), item) for n, item in enumerate(value)]
        return tuple(rule for several in found for rule in several)

    def _rule(self, path: Path, value: Json) -> list[Rule]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in _KINDS:
            known = ", ".join(_KINDS)
            said = _suggestion(kind, tuple(_KINDS)) if isinstance(kind, str) else ""
            where = (*path, "type") if kind is not None else path
            self.complain(where, f"{_dotted(where)}: {said or f'type is one of {known}'}")
            return []
        build, keys = _KINDS[kind]
        table = self.mapping(path, value, (*_COMMON_KEYS, *keys))
        before = len(self._complaints)
        rules = build(self, path, table)
        return rules if len(self._complaints) == before else []

    def common(
        self, path: Path, table: dict[str, Json], kind: str, *, type_only: bool = True
    ) -> Rule:
        """What all rules have."""
        severity = table.get("severity")
        return Rule(
            id=rule_id(kind),
            name=self.text(path, table, "name") or kind,
            place=self.place(path),
            severity=(
                Severity.ERROR
                if severity is None
                else self._severity((*path, "severity"), severity)
            ),
            type_only=self.flag(path, table, "type-only", default=type_only),
            tests=self.flag(path, table, "tests", default=False),
            transitive=self.flag(path, table, "transitive", default=False),
            why=self.text(path, table, "why"),
            fix=self.text(path, table, "fix"),
        )

    def group(self, path: Path, table: dict[str, Json], key: str, *, optional: bool = False) -> (
        Group
    ):  # fmt: skip
        """The patterns under `key`, names of groups looked up."""
        value = table.get(key)
        if value is None:
            if not optional:
                self.complain(path, f"{_dotted(path)}: {key} is missing")
            return Group(key, ())
        return self.resolved((*path, key), self.strings((*path, key), value))

    def resolved(self, path: Path, names: Sequence[str]) -> Group:
        """A group of patterns and names of groups."""
        patterns: list[str] = []
        for name in names:
            if name in self._groups:
                self._referred.add(name)
                patterns += self._groups[name]
            else:
                patterns.append(name)
        return Group(", ".join(names), tuple(patterns), self.place(path))


def _layers(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    levels = _levels(reader, (*path, "layers"), table.get("layers"))
    return [_matrix(reader, path, table, levels)] if levels else []


def _onion(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    """Rings from the innermost out: the same as layers from the lowest up."""
    levels = _levels(reader, (*path, "rings"), table.get("rings"))
    return [_matrix(reader, path, table, levels[::-1])] if levels else []


def _levels(reader: _Reader, path: Path, value: Json) -> list[list[Group]]:
    """Levels from the top: `a`, `a | b` (side by side, apart) or a list of such."""
    if not isinstance(value, list) or len(value) < 2:
        reader.complain(path, f"{_dotted(path)}: a list of at least two is wanted here")
        return []
    levels = []
    for number, item in enumerate(value):
        names = reader.strings((*path, number), item)
        parts = [part.strip() for name in names for part in name.split("|")]
        levels.append([reader.resolved((*path, number), [part]) for part in parts if part])
    return levels


def _matrix(reader: _Reader, path: Path, table: dict[str, Json], levels: list[list[Group]]) -> Rule:
    closed = reader.flag(path, table, "closed", default=False)
    numbered = [(level, group) for level, groups in enumerate(levels) for group in groups]
    allowed = frozenset(
        (a, b)
        for a, (upper, _) in enumerate(numbered)
        for b, (lower, _) in enumerate(numbered)
        if upper < lower and (not closed or lower == upper + 1)
    )
    containers = reader.strings((*path, "containers"), table.get("containers", []))
    common = reader.common(path, table, "layers")
    return Matrix(
        **_fields(common),
        groups=tuple(group for _, group in numbered),
        allowed=allowed,
        containers=containers,
        exhaustive=reader.flag(path, table, "exhaustive", default=False),
    )


# who may import whom in the hexagon; adapters never import each other
_HEXAGON = {
    "domain": (),
    "ports": ("domain",),
    "usecases": ("ports", "domain"),
    "secondary": ("ports", "domain"),
    "primary": ("usecases", "ports", "domain"),
    "adapters": ("usecases", "ports", "domain"),
    "composition": ("domain", "ports", "usecases", "secondary", "primary", "adapters"),
}
_ADAPTERS = ("secondary", "primary", "adapters")


def _hexagonal(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    names = [name for name in _HEXAGON if name in table]
    if "domain" not in names or len(names) < 2:
        reader.complain(path, f"{_dotted(path)}: domain and at least one other are wanted here")
        return []
    number = {name: n for n, name in enumerate(names)}
    allowed = frozenset((number[a], number[b]) for a in names for b in _HEXAGON[a] if b in number)
    groups = tuple(reader.group(path, table, name)._replace(name=name) for name in names)
    common = reader.common(path, table, "layers")
    apart = frozenset(number[name] for name in _ADAPTERS if name in number)
    return [
        Matrix(
            **_fields(common),
            groups=groups,
            allowed=allowed,
            apart=apart,
            exhaustive=reader.flag(path, table, "exhaustive", default=False),
            advice=_hexagonal_advice(number, groups),
        )
    ]


def _hexagonal_advice(
    number: dict[str, int], groups: tuple[Group, ...]
) -> tuple[tuple[int, int, str], ...]:
    record = "or record it: hexci analyze --update-baseline --reason '…'"
    advice = []
    if "ports" in number:
        ports = ", ".join(groups[number["ports"]].patterns)
        text = f"Depend on a port in {ports} instead, {record}"
        advice = [
            (number[a], number[b], text)
            for a in ("domain", "usecases")
            for b in _ADAPTERS
            if a in number and b in number
        ]
    if "composition" in number:
        where = ", ".join(groups[number["composition"]].patterns)
        advice.append((-1, number["composition"], f"Let {where} hand it in, {record}"))
    return tuple(advice)


def _forbidden(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    common = reader.common(path, table, "forbidden")
    sources, targets = reader.group(path, table, "from"), reader.group(path, table, "to")
    return [Forbidden(**_fields(common), sources=sources, targets=targets)]


def _independence(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    common = reader.common(path, table, "independence")
    modules = reader.group(path, table, "modules")
    apart = frozenset([0])
    return [Matrix(**_fields(common), groups=(modules,), allowed=frozenset(), apart=apart)]


def _acyclic(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    common = reader.common(path, table, "acyclic", type_only=False)
    within = (
        reader.group(path, table, "within")
        if "within" in table
        else Group("everything", _EVERYTHING, reader.place(path))
    )
    by = reader.text(path, table, "by") or "module"
    if by not in {"module", "package"}:
        reader.complain((*path, "by"), "by: module or package is wanted here")
    return [Acyclic(**_fields(common), within=within, by=by)]


def _interfaces(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    common = reader.common(path, table, "interfaces")
    package, exposed = reader.group(path, table, "package"), reader.group(path, table, "expose")
    return [Interface(**_fields(common), package=package, exposed=exposed)]


def _protected(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    common = reader.common(path, table, "protected")
    modules = reader.group(path, table, "modules")
    allowed = reader.group(path, table, "allow", optional=True)
    return [Protected(**_fields(common), modules=modules, allowed=allowed)]


def _external(reader: _Reader, path: Path, table: dict[str, Json]) -> list[Rule]:
    common = reader.common(path, table, "external")
    allow = table.get("allow")
    deny = table.get("deny")
    if allow is None and deny is None:
        reader.complain(path, f"{_dotted(path)}: allow or deny is missing")
    return [
        External(
            **_fields(common),
            sources=reader.group(path, table, "from"),
            allow=None if allow is None else reader.strings((*path, "allow"), allow),
            deny=() if deny is None else reader.strings((*path, "deny"), deny),
        )
    ]


_Build = Callable[[_Reader, Path, dict[str, Json]], list[Rule]]
# type → how to build it, and its own keys
_KINDS: dict[str, tuple[_Build, tuple[str, ...]]] = {
    "layers": (_layers, ("layers", "containers", "closed", "exhaustive")),
    "onion": (_onion, ("rings", "containers", "closed", "exhaustive")),
    "hexagonal": (_hexagonal, (*_HEXAGON, "exhaustive")),
    "forbidden": (_forbidden, ("from", "to")),
    "independence": (_independence, ("modules",)),
    "acyclic": (_acyclic, ("within", "by")),
    "interfaces": (_interfaces, ("package", "expose")),
    "protected": (_protected, ("modules", "allow")),
    "external": (_external, ("from", "allow", "deny")),
}


def _fields(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in Rule.__slots__}


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path) or "the document"


def _suggestion(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a config that is wrong

    near = get_close_matches(key, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
