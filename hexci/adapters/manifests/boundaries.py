"""`.hexci/boundaries.yaml` (kind `Boundaries`) and `[tool.hexci.boundaries]`, read strictly.

By hand and not by pydantic: a cold run over a thousand files takes 60 ms, and importing pydantic
alone would take 40 of them. Every problem is told at once, with `file:line:col`.
"""

import re
from collections.abc import Callable

from hexci.adapters.manifests import boundary_imports, boundary_layers
from hexci.adapters.manifests.boundary_parts import COMMON_KEYS, RuleParts
from hexci.adapters.manifests.boundary_values import Path, dotted, suggestion
from hexci.adapters.manifests.documents import Document
from hexci.adapters.manifests.plain_yaml import read_plainly
from hexci.domain.boundaries.rule_table import BY_ID
from hexci.domain.boundaries.settings import (
    BOUNDARIES_PATH,
    DEFAULT_EXCLUDES,
    DEFAULT_TESTS,
    PYPROJECT,
    Ignore,
    Rule,
    Settings,
)
from hexci.domain.finding import Severity
from hexci.domain.json_values import Json

_SPEC_KEYS = (
    "roots", "include", "exclude", "default-excludes", "tests", "strings", "coverage",
    "groups", "rules", "ignores", "severity",
)  # fmt: skip
_TABLE = ("tool", "hexci", "boundaries")
_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"  # seldom met
_Build = Callable[[RuleParts, Path, dict[str, Json]], list[Rule]]
# type → how to build it, and its own keys
_KINDS: dict[str, tuple[_Build, tuple[str, ...]]] = {
    "layers": (boundary_layers.layers, ("layers", "containers", "closed", "exhaustive")),
    "onion": (boundary_layers.onion, ("rings", "containers", "closed", "exhaustive")),
    "hexagonal": (boundary_layers.hexagonal, (*boundary_layers.HEXAGON, "exhaustive")),
    "forbidden": (boundary_imports.forbidden, ("from", "to")),
    "independence": (boundary_layers.independence, ("modules",)),
    "acyclic": (boundary_imports.acyclic, ("within", "by")),
    "interfaces": (boundary_imports.interfaces, ("package", "expose")),
    "protected": (boundary_imports.protected, ("modules", "allow")),
    "external": (boundary_imports.external, ("from", "allow", "deny")),
}


def parse_boundaries(text: bytes, name: str = BOUNDARIES_PATH) -> Settings:
    """The settings in a YAML file. Raises BadInputError listing every problem with its place."""
    document = _document(text, name)
    reader = _Reader(document)
    top = reader.mapping((), document.data, ("kind", "metadata", "spec"))
    if top.get("kind") != "Boundaries":
        reader.complain(("kind",) if "kind" in top else (), "kind must be 'Boundaries'")
    settings = reader.settings(("spec",), top.get("spec", {}))
    reader.finish()
    return settings


def _document(text: bytes, name: str) -> Document:
    plain = read_plainly(text)
    if plain is not None:
        return Document(name, *plain)
    from hexci.adapters.manifests.yaml_nodes import read  # noqa: PLC0415 - PyYAML: 14 ms

    return read(text, name)


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


class _Reader(RuleParts):
    """Turns plain data into settings."""

    def settings(self, path: Path, value: Json) -> Settings:
        """The whole of `spec`."""
        table = self.mapping(path, value, _SPEC_KEYS)
        self.read_groups((*path, "groups"), table.get("groups", {}))
        excludes = self.strings((*path, "exclude"), table.get("exclude", []))
        if self.flag(path, table, "default-excludes", default=True):
            excludes = (*DEFAULT_EXCLUDES, *excludes)
        rules = self._rules((*path, "rules"), table.get("rules", []))
        self.refuse_unused_groups((*path, "groups"))
        tests = table.get("tests")
        return Settings(
            rules=rules,
            roots=self.strings((*path, "roots"), table.get("roots", [])),
            include=self.strings((*path, "include"), table.get("include", [])),
            exclude=excludes,
            tests=DEFAULT_TESTS if tests is None else self.strings((*path, "tests"), tests),
            strings=self.strings((*path, "strings"), table.get("strings", [])),
            ignores=self._ignores((*path, "ignores"), table.get("ignores", [])),
            coverage=self._share((*path, "coverage"), table.get("coverage", 0.9)),
            severities=self._severities((*path, "severity"), table.get("severity", {})),
            path=self.name,
        )

    def _share(self, path: Path, value: Json) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self.complain(path, "coverage: a number from 0 to 1 is wanted here")
            return 0.9
        return float(value)

    def _severities(self, path: Path, value: Json) -> dict[str, Severity]:
        table = self.mapping(path, value, tuple(BY_ID))
        return {key: self.severity((*path, key), item) for key, item in table.items()}

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
                self.complain(path, f"{dotted(path)}: {key} is missing")
        until = said.get("until", "")
        if until and not re.fullmatch(_DATE, until):
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
            said = suggestion(kind, tuple(_KINDS)) if isinstance(kind, str) else ""
            where = (*path, "type") if kind is not None else path
            self.complain(where, f"{dotted(where)}: {said or f'type is one of {known}'}")
            return []
        build, keys = _KINDS[kind]
        table = self.mapping(path, value, (*COMMON_KEYS, *keys))
        before = self.complained
        rules = build(self, path, table)
        return rules if self.complained == before else []
