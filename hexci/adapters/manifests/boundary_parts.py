"""What all rules of `.hexci/boundaries.yaml` are made of: groups, and what every rule has."""

from collections.abc import Sequence

from hexci.adapters.manifests.boundary_values import Path, Values, dotted
from hexci.adapters.manifests.documents import Document
from hexci.domain.boundaries.rule_table import rule_id
from hexci.domain.boundaries.settings import Group, Rule
from hexci.domain.finding import Severity
from hexci.domain.json_values import Json

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from typing import Any

COMMON_KEYS = (
    "type", "name", "severity", "type-only", "lazy", "tests", "transitive", "why", "fix",
)  # fmt: skip


class RuleParts(Values):
    """Reads groups of modules and the keys that every rule has."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._groups: dict[str, tuple[str, ...]] = {}
        self._referred: set[str] = set()

    def read_groups(self, path: Path, value: Json) -> None:
        """The names for patterns that rules may use."""
        if not isinstance(value, dict):
            self.complain(path, "groups: a mapping from names to patterns is wanted here")
            return
        for name, patterns in value.items():
            self._groups[name] = self.strings((*path, name), patterns)

    def refuse_unused_groups(self, path: Path) -> None:
        """Complains about names that no rule uses."""
        for name in self._groups.keys() - self._referred:
            self.complain((*path, name), f"groups.{name}: no rule uses this group")

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
                Severity.ERROR if severity is None else self.severity((*path, "severity"), severity)
            ),
            type_only=self.flag(path, table, "type-only", default=type_only),
            lazy=self.flag(path, table, "lazy", default=True),
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
                self.complain(path, f"{dotted(path)}: {key} is missing")
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


def fields(rule: Rule) -> "dict[str, Any]":
    """What a rule has, to make a more special one from."""
    return {name: getattr(rule, name) for name in Rule.__slots__}
